import { configOf } from '../../core/dockerd/config/edit.js';
import {
  imageStore,
  readsHostsToml,
  tokensBySystemStore,
} from '../../core/dockerd/observed/image-store.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { rulesOfEngine } from '../../core/pki/go/rules/engine.js';
import type { Finding } from '../../core/plan/finding.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { insecureEntries } from '../../core/registry/insecure-list.js';
import { proxyFinding } from '../../core/registry/proxy.js';
import { endsDockerd } from '../../core/trust/diagnosis/ends-dockerd.js';
import type { EngineWord } from '../../core/trust/diagnosis/engine-word.js';
import {
  weighWord,
  type StoreChange,
  type Weighed,
} from '../../core/trust/diagnosis/weigh-word.js';
import { engineBuild } from '../../system/dockerd/engine.js';
import { readRoots } from '../../core/trust/diagnosis/roots.js';
import { readIssuedByUs } from '../../system/authority/deploy/served-check.js';
import { ownRoot } from '../../system/trust/own-root.js';
import { resolveOnEngine } from '../../system/trust/engine-resolve.js';
import type { DaemonTrust } from '../../system/trust/daemon-trust.js';
import { storeChange } from '../../system/trust/store-change.js';
import { verifyRegistries } from '../../system/trust/registry-trust.js';
import { placesOf, readSystemRoots } from '../../system/trust/system-roots.js';
import { deadline, type Deadline } from '../../system/systemd/deadline.js';
import { readDaemonJson } from '../change/daemon-json.js';
import { tooLong } from '../context/look-deadline.js';
import type { Context } from '../context/command.js';

/** dockerd itself gives up after 15 seconds (moby registry/auth.go, PingV2Registry). */
const MOST_MS = 15_000;

/** The trust of the dockerd here, as it stands now. */
export async function readDaemonTrust(context: Context): Promise<DaemonTrust> {
  const { document, observed } = await readDaemonJson(context);
  const store = imageStore(observed, configOf(document));
  const own = ownRoot(context.host);
  return {
    ...(own !== null && {
      own: readRoots([own.toString()]),
      issued: readIssuedByUs(context.host),
    }),
    certsDir: observed.certsDir,
    insecure: insecureEntries(document, observed),
    systemRoots: readSystemRoots(context.host, placesOf(observed)),
    engines: rulesOfEngine(await buildOf(context, observed)),
    tokensBySystem: tokensBySystemStore(store, observed.version),
    hostsToml: readsHostsToml(store, observed.version),
    // The other half is dockerd's.
    timeoutMs: Math.min(context.options.timeoutMs / 2, MOST_MS),
  };
}

/** null: no daemon that could be asked. */
const buildOf = ({ host }: Context, { endpoint, info }: ObservedDaemon) =>
  endpoint === null || info === null ? null : engineBuild({ host, endpoint });

/** What is known of one registry: our own diagnosis, and dockerd's word on it. */
export interface JudgedRegistry extends Weighed {
  readonly registry: string;
}

/**
 * Our own check of each registry, many at once, and then the word of the dockerd that runs here, which decides; all of it
 * within `--timeout`. Throws `timed-out` where some were not asked by then: an answer about half of them is none.
 */
export async function judgeRegistries(
  context: Context,
  registries: readonly RegistryAddress[],
): Promise<JudgedRegistry[]> {
  if (registries.length === 0) return [];
  const { host, terminal } = context;
  const clock = deadline(host, context.options.timeoutMs);
  let count = 0;
  const asked = (registry: string) => {
    count += 1;
    terminal.progress(`Asked ${count}: ${registry}`);
    notTooLong(context, { clock, count, of: registries.length });
  };
  const verdicts = await verifyRegistries(host, registries, {
    trust: await readDaemonTrust(context),
    done: ({ registry }) => {
      asked(registry);
    },
  });
  const askable = verdicts.filter(({ findings }) => !endsDockerd(findings));
  const words = await engineWords(context, {
    names: askable.map(({ registry }) => registry),
    clock,
  });
  return verdicts.map(({ registry, findings }, index) => {
    const word = words.of(registry);
    const address = registries[index];
    const byProxy =
      word.kind === 'none' && address !== undefined ? proxyFinding(address, words.info) : [];
    return {
      registry,
      ...weighWord(registry, [...findings, ...byProxy], { word, store: words.store }),
    };
  });
}

interface Progress {
  readonly clock: Deadline;
  readonly count: number;
  readonly of: number;
}

/** Who is left would be given no time, and then be said not to answer. */
function notTooLong(context: Context, { clock, count, of }: Progress): void {
  if (count === of || !clock.isOver()) return;
  throw tooLong(limitOf(context), `${count} of ${of} registries were asked by then`);
}

const limitOf = ({ commandLine, options: { timeoutMs } }: Context) => ({
  commandLine,
  limitMs: timeoutMs,
});

interface Words {
  of(registry: string): EngineWord;
  readonly store: StoreChange | null;
  readonly info: ObservedDaemon['info'];
}

/** The word of the dockerd here on each; why there is none where it cannot be asked. */
async function engineWords(
  context: Context,
  { names, clock }: { readonly names: readonly string[]; readonly clock: Deadline },
): Promise<Words> {
  const { host, terminal } = context;
  const { observed } = await readDaemonJson(context);
  const { endpoint, info } = observed;
  const store = storeChange(host, observed);
  const why = whyUnasked(context, observed);
  if (endpoint === null || why !== null)
    return { of: () => unasked(why ?? '', observed), info, store };
  if (names.length > 0 && clock.isOver())
    throw tooLong(limitOf(context), 'reading and judging certificates took all of it');
  let count = 0;
  const words = await resolveOnEngine({ host, endpoint }, names, {
    clock,
    done: (registry) => {
      count += 1;
      terminal.progress(`dockerd was asked for ${registry}`);
      notTooLong(context, { clock, count, of: names.length });
    },
  });
  const none: EngineWord = {
    kind: 'none',
    cause: 'spared',
    why: 'its certificates could end it',
  };
  return { of: (registry) => words.get(registry) ?? none, info, store };
}

function unasked(why: string, { forbidden }: ObservedDaemon): EngineWord {
  return { kind: 'none', why, ...(forbidden && { cause: 'closed' }) };
}

/** Why dockerd cannot be asked; null where it can. */
export function whyUnasked(
  { host }: Context,
  { state, forbidden, info, endpoint }: ObservedDaemon,
): string | null {
  if (host.self.root !== null) return 'below --root nobody runs who could be asked';
  if (forbidden) return 'its API is closed to this user (sudo, or the group docker)';
  if (state !== 'running') return 'no dockerd runs here';
  return info === null || endpoint === null ? 'it does not answer' : null;
}

/**
 * Whether registries work after all, for a command that has just made them trusted. A machine may be made ready before its
 * registry is: where nobody can be reached, nothing that was installed has failed.
 */
export async function prove(
  context: Context,
  registries: readonly RegistryAddress[],
): Promise<JudgedRegistry[]> {
  if (registries.length === 0) return [];
  context.terminal.progress(`Asking ${registries.map(({ name }) => name).join(', ')}`);
  const judged = await judgeRegistries(context, registries);
  return judged.map((one) =>
    one.findings.some(isUnreached) ? { ...one, findings: one.findings.map(unreached) } : one,
  );
}

const ABSENT = [
  'registry-unresolved',
  'registry-refused',
  'registry-wrong-port',
  'registry-unreachable',
  'registry-timeout',
  'registry-engine-unreached',
];

function unreached(finding: Finding): Finding {
  return isUnreached(finding)
    ? { ...finding, severity: 'warning', message: `not proved: ${finding.message}` }
    : finding;
}

export function isUnreached({ code }: Finding): boolean {
  return ABSENT.includes(code);
}
