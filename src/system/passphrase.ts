import { fileError } from '../core/file-error.js';
import { DockerctlError, messageOf } from '../errors.js';
import type { Host } from '../host/host.js';

const LONGEST = 4096;

/** A passphrase is the first line. Throws `file-unreadable`, `invalid-value` for an empty one. */
export function passphraseFromFile(host: Host, path: string): string {
  try {
    return firstLine(host.fs.read(path, LONGEST), path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** From an open descriptor, such as `3<<<"$secret"`. */
export function passphraseFromDescriptor(host: Host, descriptor: number): string {
  return firstLine(readDescriptor(host, descriptor), `file descriptor ${descriptor}`);
}

function readDescriptor(host: Host, descriptor: number): Uint8Array {
  try {
    return host.fs.readDescriptor(descriptor, LONGEST);
  } catch (cause) {
    throw new DockerctlError({
      code: 'file-unreadable',
      message: `No passphrase can be read from file descriptor ${descriptor}: ${messageOf(cause)}`,
      hint: '--passphrase-fd 3 3</root/passphrase',
      cause,
    });
  }
}

function firstLine(bytes: Uint8Array, source: string): string {
  const [line = ''] = Buffer.from(bytes).toString('utf8').split(/\r?\n/u);
  if (line !== '') return line;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `The first line of ${source} is empty, and a key is not locked with nothing.`,
    hint: 'write the passphrase into its first line',
  });
}
