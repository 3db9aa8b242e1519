import { effectiveConfig, type EffectiveValue } from '../../core/dockerd/config/effective.js';
import { readDaemonFile } from '../../core/dockerd/config/file.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { examine } from '../../core/doctor/families.js';
import { commandedBelow } from '../../core/plan/rooted-hint.js';
import { statusOf } from '../../core/pki/authority/entry.js';
import { renewalTime } from '../../core/pki/authority/renewal.js';
import { isDockerctlError, isOverdue } from '../../errors.js';
import { authorityFolder, hasAuthority, openAuthority } from '../../system/authority/authority.js';
import { hasDeclaration } from '../../system/machine/declaration-files.js';
import { lookAtMachine } from '../../app/doctor/examine-machine.js';
import { readPause } from '../../system/machine/pause.js';
import { readHistory } from '../../system/history/history.js';
import { readJournal } from '../../system/history/journal.js';
import { observe } from '../../app/context/observe.js';
import { refuseToSayNone } from '../../system/history/state-access.js';
import { readAgentStatus } from '../../system/machine/agent-status-file.js';
import type { Host } from '../../host/host.js';
import type { Context } from '../../app/context/command.js';
import { readTrusted } from '../../app/trust/list-trusted.js';
import { daemonStatus } from '../daemon/daemon-status.js';
import type {
  CertificateLine,
  ChangeLine,
  StatusData,
  StatusFindings,
  StatusPart,
} from './status-data.js';

/** All that the screen shows, each part on its own. Asks no registry. */
export async function readStatus(context: Context): Promise<StatusData> {
  const { host } = context;
  const observed = await part(() => observe(context));
  return {
    findings: await part(() => readFindings(context)),
    daemon: observed.ok ? daemonStatus(host, observed.value) : { error: observed.error },
    settings: observed.ok ? await part(() => readSettings(observed.value)) : observed,
    registries: await part(() => readTrusted(context)),
    certificates: await part(() => readCertificates(context)),
    change: await part(() => readChange(context)),
    adrift: await part(() => readAdrift(context)),
    agent: await part(() => readAgentStatus(host) ?? none(host, 'agent')),
    pause: readPause(host),
  };
}

/** What `doctor` finds without asking registries. */
async function readFindings(context: Context): Promise<StatusFindings> {
  const families = examine(await lookAtMachine(context, false));
  const { root, uid } = context.host.self;
  const findings = families.flatMap((family) => family.findings);
  return {
    list: findings.map(({ fix, ...finding }) => ({
      ...commandedBelow(finding, root),
      fixable: fix !== undefined,
    })),
    filesOnly: root !== null,
    asRoot: uid === 0,
    unseen: root === null ? families.filter(({ unseen }) => unseen).map(({ name }) => name) : [],
  };
}

async function part<Value>(read: () => Promise<Value> | Value): Promise<StatusPart<Value>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (isDockerctlError(error) && !isOverdue(error)) return { ok: false, error: error.message };
    throw error;
  }
}

function readSettings(observed: ObservedDaemon): EffectiveValue[] {
  const { document } = readDaemonFile(observed);
  const said = ['file', 'flag', 'environment'];
  return effectiveConfig(observed, document).filter(
    ({ source, pending, also }) => said.includes(source) || pending !== null || also.length > 0,
  );
}

function readCertificates({ host }: Context): CertificateLine[] | null {
  const folder = authorityFolder(host, undefined);
  if (!hasAuthority(host, folder)) return none(host, 'authority');
  const { entries, revoked } = openAuthority(host, folder);
  const now = host.clock.now();
  return entries
    .filter(({ place }) => place === 'current')
    .toSorted((a, b) => a.notAfter - b.notAfter)
    .map((entry) => ({
      name: entry.name,
      status: statusOf(entry, { revoked, now }),
      notAfter: new Date(entry.notAfter).toISOString(),
      due: now >= renewalTime(entry),
    }));
}

function readChange({ host }: Context): ChangeLine | null {
  const open = readJournal(host);
  const [entry] = open === null ? readHistory(host) : [open];
  if (entry === undefined) {
    refuseToSayNone(host, 'status');
    return null;
  }
  const { generation, commandLine, startedAt, state, result } = entry;
  return {
    generation,
    commandLine,
    when: new Date(startedAt).toISOString(),
    state: open === null ? (result?.status ?? state) : (OPEN[state] ?? 'cut off'),
  };
}

/** A declaration costs its libraries only where there is one. */
async function readAdrift(context: Context): Promise<number | null> {
  if (!hasDeclaration(context.host)) return none(context.host, 'declaration');
  const { countAdrift } = await import('../../app/declaration/count-drift.js');
  return countAdrift(context);
}

/** @throws not-permitted where root may have one, which we cannot see */
function none(host: Host, what: string): null {
  refuseToSayNone(host, 'status', what);
  return null;
}

/** What an open transaction waits for. */
const OPEN: Readonly<Partial<Record<string, string>>> = {
  awaiting: 'waits for `dockerctl confirm`',
};
