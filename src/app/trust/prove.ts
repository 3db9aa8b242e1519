import { entriesOf } from '../../core/dockerd/options/entries.js';
import { INSECURE } from '../../core/dockerd/options/insecure.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { rulesOfEngine } from '../../core/pki/go/rules/engine.js';
import type { Finding } from '../../core/plan/finding.js';
import type { Document } from '../../core/formats/json/document.js';
import type { RegistryAddress } from '../../core/registry/address.js';
import { insecureInInfo } from '../../core/registry/insecure-list.js';
import { engineBuild } from '../../system/dockerd/engine.js';
import {
  readSystemRoots,
  verifyRegistries,
  type DaemonTrust,
} from '../../system/trust/registry-trust.js';
import { readDaemonJson } from '../change/daemon-json.js';
import type { Context } from '../context/command.js';

/** dockerd itself gives up after 15 seconds (moby registry/auth.go, PingV2Registry). */
const MOST_MS = 15_000;

/** The trust of the dockerd here, as it stands now. */
export async function readDaemonTrust(context: Context): Promise<DaemonTrust> {
  const { document, observed } = await readDaemonJson(context);
  return {
    certsDir: observed.certsDir,
    insecure: insecureEntries(document, observed),
    systemRoots: readSystemRoots(context.host),
    engines: rulesOfEngine(await buildOf(context, observed)),
    timeoutMs: Math.min(context.options.timeoutMs, MOST_MS),
  };
}

/** null: no daemon that could be asked. */
const buildOf = ({ host }: Context, { endpoint, info }: ObservedDaemon) =>
  endpoint === null || info === null ? null : engineBuild({ host, endpoint });

/** What the running daemon says; without one, what it would read. */
export function insecureEntries(document: Document, { info }: ObservedDaemon): string[] {
  return info === null ? [...entriesOf(document, INSECURE)] : insecureInInfo(info);
}

/** Whether the registry works after all: what `trust verify` would find. */
export function prove(context: Context, registry: RegistryAddress): Promise<readonly Finding[]> {
  return proveAll(context, [registry]);
}

export async function proveAll(
  context: Context,
  registries: readonly RegistryAddress[],
): Promise<readonly Finding[]> {
  if (registries.length === 0) return [];
  context.terminal.progress(`Asking ${registries.map(({ name }) => name).join(', ')}`);
  const trust = await readDaemonTrust(context);
  const verdicts = await verifyRegistries(context.host, registries, {
    trust,
    done: () => undefined,
  });
  return verdicts.flatMap(({ findings }) => findings).map(unreached);
}

const ABSENT = [
  'registry-unresolved',
  'registry-refused',
  'registry-wrong-port',
  'registry-unreachable',
  'registry-timeout',
];

/** A machine may be made ready before its registry is: that it cannot be asked is no failure of what was installed. */
function unreached(finding: Finding): Finding {
  return isUnreached(finding)
    ? { ...finding, severity: 'warning', message: `not proved: ${finding.message}` }
    : finding;
}

export function isUnreached({ code }: Finding): boolean {
  return ABSENT.includes(code);
}
