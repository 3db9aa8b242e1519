import { dataRoot } from '../../core/dockerd/observed/inventory.js';
import { bytesIn } from '../../core/dockerd/config/file.js';
import type { DaemonConfig } from '../../core/dockerd/activation/activation.js';
import { lastFailedStart, type FailedStart } from '../../core/dockerd/observed/failed-start.js';
import { guardedPaths } from '../../core/dockerd/observed/guarded.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { AGENT } from '../../core/doctor/machine/agent.js';
import { clientEnvironment } from '../../core/doctor/machine/client-environment.js';
import { TIME_SERVICES } from '../../core/doctor/machine/clock.js';
import type { DoctorFacts } from '../../core/doctor/facts.js';
import { unitCommand, wantedPaths } from '../../core/doctor/reads.js';
import type { Finding } from '../../core/plan/finding.js';
import { get } from '../../core/formats/json/json-edit.js';
import { parseDocument } from '../../core/formats/json/document.js';
import { renewalTime } from '../../core/pki/authority/renewal.js';
import type { Snapshot } from '../../core/plan/snapshot.js';
import { isDockerctlError, type DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { checkServed } from '../authority/deploy/served-check.js';
import { checkAuthority } from '../authority/authority-check.js';
import { authorityFolder, hasAuthority, openAuthority } from '../authority/authority.js';
import { TOO_LARGE } from '../dockerd/config-image.js';
import { startedAt } from '../dockerd/daemon-times.js';
import { daemonLog } from '../dockerd/daemon-log.js';
import { hasDeclaration } from './declaration-files.js';
import { readHostFacts } from '../dockerd/host-facts.js';
import { readJournal } from '../history/journal.js';
import type { DaemonController } from '../dockerd/control/controller.js';
import { agentTrouble } from '../../core/agent/agent-status.js';
import { readAgentStatus } from './agent-status-file.js';
import { readPause } from './pause.js';
import { rootsChangesAreHidden } from '../history/state-access.js';
import type { ServiceMessage } from '../systemd/journald.js';
import { isStopped } from '../systemd/process.js';
import { isSystemdBooted } from '../systemd/systemctl.js';
import { showUnits, unitFiles } from '../systemd/unit-state.js';
import { imageRegistries } from '../dockerd/image-registries.js';
import { openToOthers } from '../files/guarded-files.js';
import { readSnapshot } from '../files/read-snapshot.js';
import { otherRoots } from '../trust/system-roots.js';

/** Reads what `doctor` judges. Changes nothing, dials nobody but the engine on its own socket. */
export async function readDoctorFacts(
  host: Host,
  { config: named, daemon }: { readonly config: string | null; readonly daemon: DaemonController },
): Promise<DoctorFacts> {
  const errors: DockerctlError[] = [];
  const unreadable = (error: DockerctlError) => errors.push(error);
  const observed = await daemon.observe(named, { unreadable });
  const configHidden = hiddenBy(errors);
  const config = configHidden === null ? configOf(observed) : null;
  const units = await readUnits(host, observed);
  const homes = homesOf(host);
  const clientEnv = clientEnvironment(host.self.root === null ? host.self.env : {});
  const hidden: string[] = [];
  const wanted = wantedPaths({ observed, config, units, homes, clientEnv });
  const { snapshot, secrets } = readSnapshot(host, wanted, (path) => hidden.push(path));
  const pause = readPause(host);
  const agent = host.self.root === null ? readAgentStatus(host) : null;
  return {
    now: host.clock.now(),
    observed,
    configHidden,
    config,
    host: readHostFacts(host, observed),
    units,
    unit: unitCommand({ observed, units }, snapshot),
    startedAt: startedAt(host, observed),
    failedStart: await readFailedStart(host, observed),
    halted: observed.pid !== null && isStopped(host, observed.pid),
    openFiles: openFiles(host, observed, units),
    socketMode: socketMode(host, observed),
    openChange: readOpenChange(host),
    snapshot,
    secrets,
    changedAt: changeTimes(host, snapshot),
    filesOnly: host.self.root !== null,
    stateHidden: rootsChangesAreHidden(host),
    unreadable: hidden,
    homes,
    clientEnv,
    path: (host.self.env.PATH ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin').split(':'),
    disk: diskOf(host, observed),
    contained: host.self.root !== null || host.fs.stat('/run/systemd/container') !== null,
    certificates: [
      ...certificatesOf(host),
      ...(await checkServed(host, authorityFolder(host, undefined))),
    ],
    agentOutdated: agent?.outdated === true,
    agentTrouble: agentTrouble(agent),
    pause: pause && { by: pause.by, reason: pause.reason },
    declared: hasDeclaration(host),
    imageRegistries:
      observed.endpoint === null || observed.info === null
        ? []
        : await imageRegistries({ host, endpoint: observed.endpoint }),
    otherRoots: observed.state === 'running' ? otherRoots(host, observed) : null,
    dialled: null,
  };
}

function openFiles(
  host: Host,
  observed: ObservedDaemon,
  units: DoctorFacts['units'],
): DoctorFacts['openFiles'] {
  const { manager, state } = observed;
  if (host.self.root !== null || state === 'absent') return [];
  const unit = manager.kind === 'systemd' ? units.get(manager.unit) : undefined;
  const paths = [...guardedPaths(observed), ...(unit === undefined ? [] : unitFiles(unit))];
  return openToOthers(host, [...new Set(paths)]);
}

const LAST_LINES = 300;

/** Nothing where dockerd runs, and where nobody keeps what it wrote. */
async function readFailedStart(host: Host, observed: ObservedDaemon): Promise<FailedStart | null> {
  if (observed.state === 'running' || observed.state === 'absent') return null;
  const entries: ServiceMessage[] = [];
  try {
    const log = daemonLog(host, observed, { count: LAST_LINES, follow: false });
    for await (const entry of log) entries.push(entry);
  } catch (error) {
    if (!isDockerctlError(error)) throw error;
  }
  return lastFailedStart(entries);
}

const NEIGHBOURS = ['containerd.service', 'snap.docker.dockerd.service', AGENT, ...TIME_SERVICES];

async function readUnits(host: Host, { manager }: ObservedDaemon): Promise<DoctorFacts['units']> {
  if (host.self.root !== null || !isSystemdBooted(host)) return new Map();
  if (manager.kind === 'systemd' && manager.user) {
    return new Map([
      ...(await showUnits(host, ['docker.service', ...NEIGHBOURS], false)),
      ...(await showUnits(host, [manager.unit], true)),
    ]);
  }
  const own = manager.kind === 'systemd' ? [manager.unit, manager.socketUnit ?? ''] : [];
  const names = new Set([...own, 'docker.service', 'docker.socket', ...NEIGHBOURS]);
  return showUnits(host, [...names].filter(Boolean), false);
}

function hiddenBy([error]: readonly DockerctlError[]): DoctorFacts['configHidden'] {
  if (error === undefined) return null;
  const { code, message, hint } = error;
  const large = error.details === TOO_LARGE;
  return { closed: code === 'not-permitted', large, message, hint };
}

function configOf({ configFile }: ObservedDaemon): DaemonConfig | null {
  const parsed = parseDocument(bytesIn(configFile));
  return parsed.ok ? (get(parsed.document, []) as DaemonConfig) : null;
}

function socketMode({ fs }: Host, { endpoint }: ObservedDaemon): number | null {
  if (endpoint === null || !('socketPath' in endpoint)) return null;
  return fs.stat(endpoint.socketPath, { follow: true })?.mode ?? null;
}

function changeTimes({ fs }: Host, snapshot: Snapshot): ReadonlyMap<string, number> {
  return new Map(
    [...snapshot].flatMap(([path, entry]): [string, number][] => {
      if (entry?.kind !== 'file') return [];
      const stat = fs.stat(path, { follow: true });
      return stat === null ? [] : [[path, stat.changedMs]];
    }),
  );
}

/** The CLI keeps its settings per user (docker/cli config.Dir); root's and ours are looked at. */
function homesOf({ self }: Host): string[] {
  const own = self.env.HOME ?? '/root';
  return [...new Set(self.uid === 0 || self.root !== null ? ['/root', own] : [own])];
}

function diskOf({ fs, self }: Host, { info }: ObservedDaemon): DoctorFacts['disk'] {
  if (self.root !== null) return null;
  const path = dataRoot(info);
  try {
    return { path, ...fs.space(path) };
  } catch {
    return null;
  }
}

const SOON_MS = 30 * 24 * 60 * 60 * 1000;

/** What is near its end and not yet past its own time of renewal is in order. A broken store is `certs list`'s to explain. */
function certificatesOf(host: Host): readonly Finding[] {
  try {
    const folder = authorityFolder(host, undefined);
    if (!hasAuthority(host, folder)) return [];
    const fresh = openAuthority(host, folder)
      .entries.filter((entry) => host.clock.now() < renewalTime(entry))
      .map(({ name }) => name);
    return checkAuthority(host, { folder, withinMs: SOON_MS }).findings.filter(
      ({ code, subject }) => code !== 'certificate-expires-soon' || !fresh.includes(subject),
    );
  } catch {
    return [];
  }
}

function readOpenChange(host: Host): DoctorFacts['openChange'] {
  try {
    const journal = readJournal(host);
    return journal && { title: journal.title, awaiting: journal.state === 'awaiting' };
  } catch (error) {
    if (isDockerctlError(error) && error.code === 'journal-damaged') return 'damaged';
    throw error;
  }
}
