import { fileError } from '../../core/text/file-error.js';
import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError, messageOf } from '../../errors.js';
import type { Host } from '../../host/host.js';

const LONGEST = 4096;

/** The first line, and what is wrong with the file. Throws `file-unreadable`, `invalid-value` for an empty one. */
export function passphraseFromFile(
  host: Host,
  path: string,
): { readonly passphrase: string; readonly warning: string | null } {
  try {
    const passphrase = firstLine(host.fs.read(path, LONGEST), path);
    return { passphrase, warning: openness(host, path) };
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

function openness(host: Host, path: string): string | null {
  const stat = host.fs.stat(path, { follow: true });
  if (stat?.kind !== 'file' || (stat.mode & 0o044) === 0) return null;
  const mode = stat.mode.toString(8).padStart(4, '0');
  return `others can read ${path} (mode ${mode}), and open the key with it: chmod 600 ${shellWord(path)}`;
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
