import { DockerctlError, isDockerctlError, messageOf } from '../../errors.js';
import type { ObservedDaemon } from '../dockerd/observed/observed.js';
import type { ActivationAction } from '../plan/plan.js';
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

/**
 * The change failed at `cause`, and the old files are back, but for what others did. `pending` is what a look at dockerd
 * then showed to be other than before; where it was not told of the change there was nothing to look for.
 */
export function rolledBack(
  cause: unknown,
  left: Left,
  {
    told = 'reload',
    changed = true,
  }: { readonly told?: ActivationAction | undefined; readonly changed?: boolean } = {},
): DockerctlError {
  const { pending, kept } = left;
  const back = changed ? 'The old files are back' : 'No file was changed';
  const same = told === 'none' ? 'dockerd was not told of the change' : 'dockerd is as it was';
  const all =
    kept.length === 0
      ? `${back}${pending.length === 0 ? ` and ${same}` : `; ${pending.join('; ')}`}`
      : ['What is ours of the files is as before', ...leftSentences(left)].join('; ');
  return new DockerctlError({
    code: 'rolled-back',
    message: `${messageOf(cause)}. ${all}`,
    hint: isDockerctlError(cause) ? cause.hint : 'look at `dockerctl daemon logs`',
    cause,
    details: isDockerctlError(cause) ? cause.details : undefined,
  });
}

/** A dockerd that was told of the change, and cannot be told of the old files without harm. */
export function notRestored(
  { pid, containers }: ObservedDaemon,
  why: 'unanswering' | 'would-stop',
): DockerctlError {
  const which = `dockerd${pid === null ? '' : ` (pid ${pid})`}`;
  const names = containers.map(({ name }) => printable(name)).join(', ');
  return why === 'unanswering'
    ? new DockerctlError({
        code: 'no-daemon',
        message: `${which} does not answer, so it was left alone: it may have read the new files, and reads the old ones when it reloads or starts next${names === '' ? '' : `; running: ${names}`}`,
        hint: 'see what it does with `dockerctl daemon logs`; once it answers, `dockerctl daemon reload`',
      })
    : new DockerctlError({
        code: 'containers-would-stop',
        message: `${which} was left alone, and reads the old files when it starts next: a restart would stop ${names}`,
        hint: 'restart it when these containers may stop: `dockerctl daemon restart --containers stop`',
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
  // Until live-restore stands in the file, neither systemd's Restart= nor a client of the socket may start dockerd.
  const hold = inDanger ? '`systemctl stop docker.socket docker`, ' : '';
  const keep = inDanger ? '`dockerctl config set live-restore true --activate never`, then ' : '';
  return new DockerctlError({
    code: 'daemon-down',
    message: `${messageOf(cause)}; ${sentences.join('; ')}`,
    hint: `${hold}look at \`dockerctl daemon logs\`, fix what stops dockerd, then ${keep}\`systemctl start ${restart}\``,
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
    hint: failures.find(isOurs)?.hint ?? 'look at `dockerctl daemon logs` and `dockerctl doctor`',
    cause,
    details: { failures: failures.map(messageOf) },
  });
}

function isOurs(error: unknown): error is DockerctlError {
  return isDockerctlError(error) && error.hint !== '';
}

function isDown(error: unknown): error is DockerctlError {
  return isDockerctlError(error) && error.code === 'daemon-down';
}
