import { DockerctlError, isDockerctlError, messageOf } from '../errors.js';

/** The change failed at `cause`, and everything is as it was. */
export function rolledBack(cause: unknown, pending: readonly string[]): DockerctlError {
  const state =
    pending.length === 0 ? 'dockerd is as it was' : `dockerd is up, but ${pending.join('; ')}`;
  return new DockerctlError({
    code: 'rolled-back',
    message: `${messageOf(cause)}. The old files are back and ${state}`,
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
