import type { FileImage } from '../../core/plan/plan.js';
import { fileError } from '../../core/text/file-error.js';
import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError } from '../../errors.js';
import type { FileStat, Host } from '../../host/host.js';
import { readImage } from '../files/image.js';

/**
 * Bytes. With 1,000 registries, 1,000 mirrors and 10,000 labels it has a tenth of that; read and judged it takes forty
 * times as much memory.
 */
export const MOST_CONFIG = 2 * 1024 * 1024;

/** The details of the error about a file that is not read for its size: what dockerd makes of it is not known. */
export const TOO_LARGE = { large: true };

/**
 * daemon.json as it is now, links followed; null when nothing is there.
 * @throws file-unreadable, for a file that is larger than any configuration too, and not-permitted
 */
export function readConfigImage(host: Host, path: string): FileImage | null {
  const stat = statOf(host, path);
  if (stat?.kind === 'file' && stat.size > MOST_CONFIG) throw tooLarge(path, 'has more than 2 MiB');
  const image = readImage(host, path);
  const text = image !== null && 'text' in image.content ? image.content.text : '';
  if (pieces(text) > MOST_PIECES) throw tooLarge(path, `has more than ${MOST_PIECES} values`);
  return image;
}

const MOST_PIECES = 30_000;

/** No fewer than its lists, objects, what stands in them after the first, and comments; at the price of one look. */
function pieces(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) if (BEGINS.has(text.charCodeAt(at))) count += 1;
  return count;
}

const BEGINS = new Set([',', '[', '{', '*', '#'].map((mark) => mark.charCodeAt(0)));

function statOf(host: Host, path: string): FileStat | null {
  try {
    return host.fs.stat(path, { follow: true });
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

function tooLarge(path: string, why: string): DockerctlError {
  return new DockerctlError({
    code: 'file-unreadable',
    message: `${path} ${why}, more than dockerctl reads of a configuration`,
    hint: `look at it with \`head -c 300 ${shellWord(path)}\`, and make it smaller, or move it away`,
    details: TOO_LARGE,
  });
}
