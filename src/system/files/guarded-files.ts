import { dirname } from 'node:path';
import {
  closingCommand,
  strangerWith,
  type GuardedFile,
} from '../../core/dockerd/observed/guarded.js';
import { onFile } from '../../core/text/file-error.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';

/** Those of the paths that others than root may change, links followed: whoever does is root by dockerd. */
export function openToOthers(host: Host, paths: readonly string[]): GuardedFile[] {
  const { fs, self } = host;
  return paths.flatMap((path) => {
    const stat = onFile(path, 'read', () => fs.stat(path, { follow: true }));
    if (stat === null) return [];
    const { mode, uid, gid } = stat;
    const behind = onFile(path, 'read', () => folderBehind(host, path));
    return [{ path, mode, uid, gid }, ...behind].filter(
      (file) => strangerWith(file, self.uid) !== null,
    );
  });
}

/** Who may write to the folder of the file that a link leads to, may put another in its place. */
function folderBehind({ fs }: Host, path: string): GuardedFile[] {
  if (fs.stat(path)?.kind !== 'link') return [];
  const to = fs.realpath(path);
  const stat = fs.stat(dirname(to));
  if (stat === null) return [];
  const { mode, uid, gid } = stat;
  return [{ path: dirname(to), mode, uid, gid, linked: { from: path, to } }];
}

/** @throws file-not-writable for the first that is not fixed by one of `commands` */
export function refuseOpenToOthers(
  host: Host,
  paths: readonly string[],
  commands: readonly (readonly string[])[],
): void {
  const open = openToOthers(host, paths).find(
    ({ path, linked }) =>
      !commands.some(([program, ...args]) =>
        linked === undefined
          ? program === 'chmod' && args.at(-1) === path
          : program === 'cp' && args.at(-1) === linked.from,
      ),
  );
  if (open === undefined) return;
  throw new DockerctlError({
    code: 'file-not-writable',
    message: `${strangerWith(open, host.self.uid) ?? 'somebody'} may change ${open.path}, and whoever does is root here: nothing was written.`,
    hint: `look at what it says, then close it: \`${closingCommand(open)}\`; or \`dockerctl doctor --fix\``,
  });
}
