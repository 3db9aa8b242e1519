import { onFile } from '../../core/text/file-error.js';
import { printable } from '../../core/text/printable.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { givenPath } from '../../system/files/given-path.js';
import { MOST_CONFIG } from '../../system/dockerd/config-image.js';
import type { Context } from '../context/command.js';

/** The bytes of a daemon.json that the operator named; `-` is stdin. Throws file-not-found, file-unreadable. */
export function readConfigInput(context: Context, file: string): Promise<Uint8Array> {
  return readInputFile(context, file, MOST_CONFIG);
}

/** The bytes of a file that the operator named, and of no more than `limit`; `-` is stdin. Throws file-not-found, file-unreadable. */
export async function readInputFile(
  { host, terminal }: Context,
  file: string,
  limit: number,
): Promise<Uint8Array> {
  if (file === '-' || STDIN.includes(file)) {
    const bytes = await terminal.input();
    if (bytes.length > limit) throw tooLarge(file, limit);
    return bytes;
  }
  const path = givenPath(host, file);
  return onFile(path, 'read', () => {
    const kind = host.fs.stat(path, { follow: true })?.kind;
    if (kind === 'folder') throw unfit(file, 'is a folder', 'name a file in it');
    if (kind === 'other' || kind === 'socket')
      throw unfit(file, 'is a pipe, a device or a socket', PIPED);
    return read(host, { path, file, limit });
  });
}

const STDIN: readonly string[] = ['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0'];
const PIPED = 'send what comes out of it to stdin, and name that: … | dockerctl config validate -';

function read(
  { fs }: Host,
  { path, file, limit }: { readonly path: string; readonly file: string; readonly limit: number },
): Uint8Array {
  try {
    return fs.read(path, limit);
  } catch (error) {
    if (systemErrorCode(error) !== 'EFBIG') throw error;
    throw tooLarge(file, limit);
  }
}

function tooLarge(file: string, limit: number): DockerctlError {
  const megabytes = limit / (1024 * 1024);
  const why = `has more than ${megabytes} MiB, more than dockerctl reads of a configuration`;
  return unfit(file, why, 'name the file that dockerd reads');
}

function unfit(file: string, why: string, hint: string): DockerctlError {
  return new DockerctlError({
    code: 'file-unreadable',
    message: `${file === '' ? 'An empty name' : printable(file)} ${why}.`,
    hint,
  });
}
