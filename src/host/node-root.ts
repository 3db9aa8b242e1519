import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DockerctlError } from '../errors.js';
import { createWithin } from './node-enter.js';

/**
 * `--root` as the operator typed it, as a real and absolute folder. Throws `file-not-found`, and `file-not-writable` where
 * somebody else's link is on the way: it could lead to the machine itself.
 */
export function rootFolder(root: string): string {
  const path = resolve(root);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new DockerctlError({
      code: 'file-not-found',
      message: `--root ${root}: there is no such folder.`,
      hint: `name the folder that holds the machine's /etc; look how far it leads: \`namei -l ${path}\``,
    });
  return createWithin(null)(`${path}/.`, (at) => realpathSync(at), { follow: true });
}
