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

/**
 * `what`, of which this user has none: `change`, `agent`.
 * @throws not-permitted where root's are hidden from us
 */
export function refuseToSayNone(host: Host, command: string, what = 'change'): void {
  const message = `there is no ${what}`;
  if (rootsChangesAreHidden(host)) throw hidden(host, { message, command, what });
}

/**
 * Before a user makes a world of his own on a machine whose dockerd is root's. `hint` is the same command with `--user`.
 * @throws not-permitted
 */
export function refusePrivateWorld(
  host: Host,
  { user, command }: { readonly user: boolean; readonly command: string },
): void {
  if (user || !isRootsMachine(host)) return;
  throw new DockerctlError({
    code: 'not-permitted',
    message: `the dockerd of this machine is root's, and ${host.self.user} would get a dockerctl of their own that it knows nothing of: nothing was written.`,
    hint: `\`sudo dockerctl ${command}\`; or, if it shall be your own: \`dockerctl ${command} --user\``,
  });
}

const ROOTS = [SYSTEM_STATE, '/run/docker.sock', '/var/lib/docker'];

/** A user whose own rootless dockerd runs is at home. */
function isRootsMachine({ self: { uid, root, env }, fs }: Host): boolean {
  if (uid === 0 || root !== null) return false;
  const own = env.XDG_RUNTIME_DIR ?? '';
  if (own !== '' && fs.stat(`${own}/docker.sock`) !== null) return false;
  return ROOTS.some((path) => fs.stat(path) !== null);
}

function hidden(
  { self }: Host,
  { message, command, what = 'change' }: Pick<None, 'message' | 'command'> & { what?: string },
): DockerctlError {
  const whose = what === 'change' ? `among those that ${self.user} made` : `of ${self.user}`;
  return new DockerctlError({
    code: 'not-permitted',
    message: `${message} ${whose}; ${what === 'change' ? 'those' : 'that'} of root only root can see`,
    hint: `sudo dockerctl ${command}`,
  });
}

export function rootsChangesAreHidden({ self: { uid, root }, fs }: Host): boolean {
  return uid !== 0 && root === null && fs.stat(SYSTEM_STATE) !== null;
}
