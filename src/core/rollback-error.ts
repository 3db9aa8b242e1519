import { DockerctlError, isDockerctlError, messageOf } from '../errors.js';

/** Somebody else changed the file while dockerd was told of ours; `cause` is what dockerd made of that. */
export function contested(path: string, cause: unknown): DockerctlError {
  return new DockerctlError({
    code: 'stale-plan',
    message: `${path} was changed by somebody else while dockerd was told of the change`,
    hint: `find out who writes ${path}, then run the same command again`,
    cause,
  });
}

interface Left {
  /** What dockerd keeps of the change, and the files that others changed meanwhile. */
  readonly pending: readonly string[];
  readonly kept: readonly string[];
}

/** The change failed at `cause`, and everything is as it was, but for what others did. */
export function rolledBack(cause: unknown, { pending, kept }: Left): DockerctlError {
  const files = kept.length === 0 ? '' : `, but for ${kept.join(' and ')}, which others changed,`;
  const state =
    pending.length === 0 ? 'dockerd is as it was' : `dockerd is up, but ${pending.join('; ')}`;
  return new DockerctlError({
    code: 'rolled-back',
    message: `${messageOf(cause)}. The old files are back${files} and ${state}`,
    hint: isDockerctlError(cause) ? cause.hint : 'look at `dockerctl daemon logs`',
    cause,
    details: isDockerctlError(cause) ? cause.details : undefined,
  });
}

/** The change failed at `cause`, and so did the way back. */
export function rollbackFailed(cause: unknown, failures: readonly unknown[]): DockerctlError {
  return new DockerctlError({
    code: 'rollback-failed',
    message: `${messageOf(cause)}. Bringing back the old state failed too: ${failures.map(messageOf).join('; ')}`,
    hint: 'look at `dockerctl daemon logs` and `dockerctl doctor`',
    cause,
    details: { failures: failures.map(messageOf) },
  });
}
