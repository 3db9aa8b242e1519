import { basename, dirname, join } from 'node:path';
import { contentOf, secretOf, sha256, type Fingerprint } from '../../core/plan/content.js';
import { fileError } from '../../core/text/file-error.js';
import type { FileImage } from '../../core/plan/plan.js';
import { shellWord } from '../../core/text/shell-word.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { FileStat, Host } from '../../host/host.js';
import { danglingLink, isDangling } from './dangling-link.js';
import { assertSafePath } from './safe-path.js';

/**
 * The regular file at `path` as it is now, links followed; null when nothing is there. With `secret` its bytes stay out:
 * the image only names them.
 * @throws file-unreadable, not-permitted
 */
export function readImage(
  host: Host,
  path: string,
  { secret = false }: { readonly secret?: boolean } = {},
): FileImage | null {
  const file = readFile(host, path);
  if (file === null) return null;
  const { bytes, stat } = file;
  const content = secret ? secretOf(bytes) : contentOf(bytes);
  return { content, mode: stat.mode, uid: stat.uid, gid: stat.gid };
}

/** What the file at `path` is now, without its bytes. */
export function readFingerprint(host: Host, path: string): Fingerprint | null {
  const file = readFile(host, path);
  if (file === null) return null;
  const { mode, uid, gid } = file.stat;
  return { sha256: sha256(file.bytes), mode, uid, gid };
}

/**
 * The file behind `path`, which is what changes when `path` is a symbolic link. Nothing has to be there yet.
 * @throws file-not-writable for a dangling link, a link into a folder where anybody may write, what somebody else planted,
 * and what is not a file
 */
export function locate(host: Host, path: string): string {
  assertSafePath(host, path, { care: 'link' });
  try {
    const stat = host.fs.stat(path);
    const real =
      stat === null
        ? join(locateFolder(host, dirname(path)), basename(path))
        : host.fs.realpath(path);
    if (real !== path) refuseOpenFolder(host, path, real);
    if (stat === null) return real;
    const target = host.fs.stat(real);
    if (target?.kind !== 'file') throw notAFile(path, target);
    return real;
  } catch (error) {
    throw systemErrorCode(error) === 'ENOENT'
      ? leadsNowhere(host, path, error)
      : fileError(error, path, 'write');
  }
}

function readFile(host: Host, path: string): { bytes: Uint8Array; stat: FileStat } | null {
  try {
    const stat = host.fs.stat(path, { follow: true });
    if (stat === null) return null;
    if (stat.kind !== 'file') throw notAFile(path, stat);
    return { bytes: host.fs.read(path), stat };
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

function locateFolder(host: Host, path: string): string {
  if (host.fs.stat(path) !== null) return host.fs.realpath(path);
  return join(locateFolder(host, dirname(path)), basename(path));
}

/** Where anybody may write, anybody can exchange the file under our hands. */
function refuseOpenFolder({ fs }: Host, path: string, real: string): void {
  const folder = dirname(real);
  if (((fs.stat(folder)?.mode ?? 0) & 0o002) === 0) return;
  throw new DockerctlError({
    code: 'file-not-writable',
    message: `${path} leads by a link to ${real}, and every user may write to ${folder}`,
    hint: `move the file to a folder that only root may write to, and link ${path} to it`,
  });
}

/** Docker makes a folder of what is mounted into a container and is not there. */
function notAFile(path: string, stat: FileStat | null): DockerctlError {
  const isFolder = stat?.kind === 'folder';
  return new DockerctlError({
    code: 'file-unreadable',
    message: isFolder
      ? `${path} is a folder, as \`docker run --volume\` makes it where a file is missing`
      : `${path} is not a regular file`,
    hint: isFolder
      ? `rmdir ${shellWord(path)}`
      : `look at it with \`ls -ld ${path}\`, and move it away`,
  });
}

function leadsNowhere(host: Host, path: string, cause: unknown): DockerctlError {
  const link = firstDangling(host, path);
  return link === path
    ? danglingLink(link, 'a file that does not exist', cause)
    : danglingLink(link, `a folder that does not exist, and ${path} would lie in it`, cause);
}

/** The link on the way, from the top, that leads nowhere. */
function firstDangling(host: Host, path: string): string {
  const names = path.split('/').filter((name) => name !== '');
  const ways = names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`);
  return ways.find((way) => isDangling(host, way)) ?? path;
}
