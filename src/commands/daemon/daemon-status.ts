import { absentText } from '../../core/dockerd/observed/absent-text.js';
import { bytesIn, readDaemonFile } from '../../core/dockerd/config/file.js';
import type {
  DaemonManager,
  EngineEndpoint,
  ObservedDaemon,
} from '../../core/dockerd/observed/observed.js';
import {
  comparisonOf,
  REMEDIES,
  settlingCommand,
  type PendingKey,
} from '../../core/dockerd/config/pending.js';
import { keyStates } from '../../core/dockerd/running/key-states.js';
import { NO_FILE, verdictOn } from '../../core/dockerd/validate/check-candidate.js';
import { isDockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readHostFacts } from '../../system/dockerd/host-facts.js';
import type { Style } from '../../app/context/command.js';

/** One dockerd and its file, as a person wants to see them. */
export interface DaemonStatus {
  readonly state: ObservedDaemon['state'];
  readonly version: string | null;
  readonly pid: number | null;
  /** `systemd (docker.service)`. */
  readonly manager: string;
  readonly flavour: ObservedDaemon['flavour'];
  /** `/run/docker.sock`, `127.0.0.1:2375`. */
  readonly endpoint: string | null;
  /** false where it runs and does not answer us. */
  readonly answers: boolean;
  /** Its socket is closed to this user. */
  readonly forbidden: boolean;
  /** Why it does not answer, where it runs and may be asked. */
  readonly silence: ObservedDaemon['silence'];
  /** The pid of a dockerd that was started with the file that was named, and is not the one that dockerctl manages. */
  readonly reader: number | null;
  readonly config: string;
  readonly configExists: boolean;
  /** Whether this dockerd would start again, and reload, with the file as it is now. */
  readonly starts: boolean;
  readonly reloads: boolean;
  readonly errors: readonly string[];
  /** Keys that the running daemon has otherwise than its next start would; null where that cannot be seen. */
  readonly pending: readonly string[] | null;
  /** What brings each of them in force. */
  readonly remedies: Readonly<Record<string, PendingKey['remedy']>>;
  /** Keys of which nobody knows whether they are in force, and the command after which it is known. */
  readonly untold: readonly string[];
  readonly settles: string;
  /** The file was changed since dockerd was started, and what else it said then nobody knows. */
  readonly isRestUnknown: boolean;
  /** Keys that are in force as far as the times of the file tell. */
  readonly inferred: readonly string[];
  readonly containers: number;
  readonly liveRestore: boolean | null;
}

export function daemonStatus(host: Host, observed: ObservedDaemon): DaemonStatus {
  const { state, version, pid, flavour, info, configFile, configPath } = observed;
  return {
    state,
    version,
    pid,
    manager: managerText(observed.manager),
    flavour,
    endpoint: observed.endpoint && endpointText(observed.endpoint),
    answers: info !== null,
    forbidden: observed.forbidden,
    reader: observed.unmanaged?.reader ?? null,
    silence: observed.silence,
    config: configPath,
    configExists: configFile !== null,
    ...judgeFile(host, observed),
    ...readPending(observed),
    containers: observed.containers.length,
    liveRestore: info === null ? null : info.LiveRestoreEnabled === true,
  };
}

export function renderDaemonStatus(status: DaemonStatus, style: Style): string {
  return [
    `${style.bold('dockerd')}  ${stateText(status, style)}`,
    `  config   ${status.config}${status.configExists ? '' : style.dim(' (does not exist)')}`,
    ...fileText(status, style),
    ...pendingText(status, style),
    ...(status.answers
      ? [
          `  running  ${status.containers} ${status.containers === 1 ? 'container' : 'containers'}, live-restore ${status.liveRestore === true ? 'on' : 'off'}`,
        ]
      : []),
  ].join('\n');
}

/** Whether this dockerd would start again, and reload, with the file as it is now. */
export function judgeFile(
  host: Host,
  observed: ObservedDaemon,
): Pick<DaemonStatus, 'starts' | 'reloads' | 'errors'> {
  const bytes = bytesIn(observed.configFile) ?? NO_FILE;
  const { starts, reloads, findings } = verdictOn(bytes, observed, readHostFacts(host, observed));
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    starts,
    reloads,
    errors: errors.map(({ subject, message }) => `${subject}: ${message}`),
  };
}

type Pending = Pick<
  DaemonStatus,
  'pending' | 'remedies' | 'untold' | 'settles' | 'isRestUnknown' | 'inferred'
>;

/** A file that cannot be read is told by its errors. */
function readPending(observed: ObservedDaemon): Pending {
  const nothing = {
    pending: null,
    remedies: {},
    untold: [],
    settles: '',
    isRestUnknown: false,
    inferred: [],
  };
  if (observed.info === null) return nothing;
  try {
    const states = keyStates(observed, readDaemonFile(observed).document);
    const { pending, unseen, isRestUnknown, inferred } = comparisonOf(states);
    return {
      pending: pending.map(({ key }) => key),
      remedies: Object.fromEntries(pending.map(({ key, remedy }) => [key, remedy])),
      untold: unseen,
      settles: settlingCommand(observed, states),
      isRestUnknown,
      inferred,
    };
  } catch (error) {
    if (isDockerctlError(error)) return nothing;
    throw error;
  }
}

function pendingText(status: DaemonStatus, style: Style): string[] {
  const { pending, remedies, untold, settles, isRestUnknown, inferred } = status;
  const keys = untold.join(', ');
  const gone = 'what was taken out of the file';
  const perhaps = keys === '' ? gone : isRestUnknown ? `${keys}, and ${gone}` : keys;
  const lines = [
    ...(pending ?? []).map((key) => {
      const remedy = remedies[key];
      return remedy === undefined ? key : `${key}: ${REMEDIES[remedy]}`;
    }),
    ...(untold.length > 0 || isRestUnknown
      ? [`perhaps ${perhaps}: nobody knows what dockerd was started with; \`${settles}\` tells`]
      : []),
  ].map((line) => `  ${style.yellow('pending')}  ${line}`);
  if (inferred.length === 0) return lines;
  const text = `in force as far as the file's times tell: ${inferred.join(', ')}`;
  return [...lines, style.dim(`  ${text}`)];
}

/** Whether it runs, and which it is. */
export function stateText(status: DaemonStatus, style: Style): string {
  const { state, version, pid, manager, endpoint, answers, forbidden } = status;
  const dockerd = [version, manager].filter((part) => part !== null).join(', ');
  switch (state) {
    case 'running': {
      const where = endpoint === null ? '' : ` on ${endpoint}`;
      const running = answers
        ? style.green('running')
        : style.yellow(
            forbidden
              ? 'running, closed to this user'
              : status.silence === 'podman'
                ? 'running, but on its socket podman answers'
                : 'running, but does not answer us',
          );
      const hint = forbidden && !answers ? ': sudo dockerctl status' : '';
      return `${running} (${dockerd}, pid ${pid ?? '?'})${where}${hint}`;
    }
    case 'stopped':
      return `${style.yellow('stopped')} (${dockerd})`;
    case 'masked':
      return `${style.yellow('masked')} (${dockerd}): systemctl unmask docker docker.socket`;
    case 'failed':
      return `${style.red('failed')} (${dockerd}): dockerctl daemon logs`;
    case 'absent':
      return style.dim(absentText({ unmanaged: { reader: status.reader } }));
  }
}

function fileText({ starts, reloads, errors }: DaemonStatus, style: Style): string[] {
  if (starts && reloads) return [];
  const verdict = starts ? 'a reload of this file is refused' : 'dockerd would not start with it';
  return [`  ${style.red(verdict)}`, ...errors.map((error) => `    ${error}`)];
}

function managerText(manager: DaemonManager): string {
  switch (manager.kind) {
    case 'systemd':
      return manager.user ? `systemd --user (${manager.unit})` : `systemd (${manager.unit})`;
    case 'sysv':
      return `service script ${manager.service}`;
    case 'process':
      return manager.untold === null
        ? 'started by hand'
        : `${manager.untold}, of which systemd tells nothing`;
    case 'none':
      return 'no manager';
  }
}

function endpointText(endpoint: EngineEndpoint): string {
  return 'socketPath' in endpoint ? endpoint.socketPath : `${endpoint.host}:${endpoint.port}`;
}
