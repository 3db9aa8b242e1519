import { SYSTEM_STATE } from '../../core/transaction/state-paths.js';
import { DockerctlError, type ErrorParts } from '../../errors.js';
import type { Host } from '../../host/host.js';

interface None extends ErrorParts {
  /** What was typed and found nothing: `config rollback`. */
  readonly command: string;
}

/**
 * That there is no such change. Every user has a history of their own, so without sudo a machine that root has changed
 * looks like one that nobody did: then it is not-permitted.
 */
export function noChange(host: Host, { command, ...none }: None): DockerctlError {
  if (!rootsChangesAreHidden(host)) return new DockerctlError(none);
  return hidden(host, { message: none.message, command });
}

/** @throws not-permitted where root's changes are hidden from us, and ours are none */
export function refuseToSayNone(host: Host, command: string): void {
  if (rootsChangesAreHidden(host)) throw hidden(host, { message: 'there is no change', command });
}

function hidden(
  { self }: Host,
  { message, command }: Pick<None, 'message' | 'command'>,
): DockerctlError {
  return new DockerctlError({
    code: 'not-permitted',
    message: `${message} among those that ${self.user} made; those of root only root can see`,
    hint: `sudo dockerctl ${command}`,
  });
}

export function rootsChangesAreHidden({ self: { uid, root }, fs }: Host): boolean {
  return uid !== 0 && root === null && fs.stat(SYSTEM_STATE) !== null;
}
