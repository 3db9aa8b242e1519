import { resolve } from 'node:path';
import { onFile } from '../core/file-error.js';
import type { Context } from './command.js';

/** The bytes of a file that the operator named; `-` is stdin. Throws file-not-found, file-unreadable. */
export async function readInputFile(
  { host, terminal }: Context,
  file: string,
): Promise<Uint8Array> {
  if (file === '-') return await terminal.input();
  const path = resolve(host.self.env.PWD ?? '/', file);
  return onFile(path, 'read', () => host.fs.read(path));
}
