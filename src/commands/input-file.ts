import { resolve } from 'node:path';
import { onFile } from '../core/file-error.js';
import { printable } from '../core/printable.js';
import { DockerctlError } from '../errors.js';
import type { Context } from './command.js';

/** The bytes of a file that the operator named; `-` is stdin. Throws file-not-found, file-unreadable. */
export async function readInputFile(
  { host, terminal }: Context,
  file: string,
): Promise<Uint8Array> {
  if (file === '-') return await terminal.input();
  const path = resolve(host.self.env.PWD ?? '/', file);
  return onFile(path, 'read', () => {
    if (host.fs.stat(path, { follow: true })?.kind === 'folder') throw isFolder(file);
    return host.fs.read(path);
  });
}

function isFolder(file: string): DockerctlError {
  return new DockerctlError({
    code: 'file-unreadable',
    message: `${printable(file)} is a folder.`,
    hint: 'name a file in it',
  });
}
