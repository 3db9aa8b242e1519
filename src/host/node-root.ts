import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DockerctlError } from '../errors.js';

/** `--root` as the operator typed it, as a real and absolute folder. Throws `file-not-found`. */
export function rootFolder(root: string): string {
  const path = resolve(root);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new DockerctlError({
      code: 'file-not-found',
      message: `--root ${root}: there is no such folder.`,
      hint: `mkdir -p ${path}`,
    });
  return realpathSync(path);
}
