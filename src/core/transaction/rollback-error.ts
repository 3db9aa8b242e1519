import { DockerctlError, isDockerctlError, messageOf } from '../../errors.js';
import { printable } from '../text/printable.js';
import { leftSentences, type Left } from './concurrent-edit.js';

/** Somebody else changed the file while dockerd was told of ours; `cause` is what dockerd made of that, null for nothing. */
export function contested(path: string, cause: unknown): DockerctlError {
  return new DockerctlError({
    code: 'stale-plan',
    message: `${path} was changed by somebody else while dockerd was told of the change${cause === null ? '' : `: ${messageOf(cause)}`}`,
    hint: `find out who writes ${path}, then run the same command again`,
    ...(cause === null ? {} : { cause }),
  });
}

/** The change failed at `cause`, and everything is as it was, but for what others did. */
export function rolledBack(cause: unknown, left: Left): DockerctlError {
  const { pending, kept } = left;
  const state =
    pending.length === 0 ? 'dockerd is as it was' : `dockerd is up, but ${pending.join('; ')}`;
  const all =
    kept.length === 0
      ? `The old files are back and ${state}`
      : ['What is ours of the files is as before', ...leftSentences(left)].join('; ');
  return new DockerctlError({
    code: 'rolled-back',
    message: `${messageOf(cause)}. ${all}`,
    hint: isDockerctlError(cause) ? cause.hint : 'look at `dockerctl daemon logs`',
    cause,
    details: isDockerctlError(cause) ? cause.details : undefined,
  });
}

interface Abandoned {
  /** The names of the containers that ran before; none where dockerd could not say. */
  readonly containers: readonly string[];
  /** They run on without dockerd, and a start of it on the file as it is would stop them. */
  readonly inDanger: boolean;
  /** Units that systemd stopped together with dockerd. */
  readonly dependents: readonly string[];
}

/** dockerd did not come back, as `cause` says. Containers that live-restore keeps run on without it until it starts. */
export function stranded(cause: unknown, left: Abandoned): unknown {
  const { containers, inDanger, dependents } = left;
  if (!isDown(cause) || !(inDanger || dependents.length > 0)) return cause;
  const list = (names: readonly string[]) => names.map((name) => printable(name)).join(', ');
  const running = containers.length === 0 ? 'its containers' : list(containers);
  const sentences = [
    ...(inDanger ? [`without it ${running} still run, but its next start would stop them`] : []),
    ...(dependents.length > 0 ? [`systemd may have stopped ${list(dependents)} with it`] : []),
  ];
  const restart = ['docker', ...dependents.map((name) => printable(name))].join(' ');
  const keep = inDanger ? '`dockerctl config set live-restore true --activate never`, then ' : '';
  return new DockerctlError({
    code: 'daemon-down',
    message: `${messageOf(cause)}; ${sentences.join('; ')}`,
    hint: `look at \`dockerctl daemon logs\`, fix what stops dockerd, then ${keep}\`systemctl start ${restart}\``,
    cause,
  });
}

/** What history says of a change that failed for `reason`. */
export function reasonWith(reason: string, failures: readonly unknown[]): string {
  if (failures.length === 0) return reason;
  return `${reason}. Bringing back the old state failed too: ${failures.map(messageOf).join('; ')}`;
}

/** The change failed at `cause`, and so did the way back. */
export function rollbackFailed(cause: unknown, failures: readonly unknown[]): DockerctlError {
  return new DockerctlError({
    code: 'rollback-failed',
    message: reasonWith(messageOf(cause), failures),
    hint: failures.find(isDown)?.hint ?? 'look at `dockerctl daemon logs` and `dockerctl doctor`',
    cause,
    details: { failures: failures.map(messageOf) },
  });
}

function isDown(error: unknown): error is DockerctlError {
  return isDockerctlError(error) && error.code === 'daemon-down';
}
