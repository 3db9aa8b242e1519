import { dirname } from 'node:path';
import { DockerctlError, systemErrorCode, type ErrorCode } from '../../errors.js';
import { shellWord } from './shell-word.js';

interface Cause {
  readonly code: ErrorCode;
  readonly why: string;
  /** `%` stands for the path, `^` for its folder. */
  readonly hint: string;
}

/** Why a file could not be changed, by errno: facts of open(2), link(2), rename(2) and fsync(2). */
const CAUSES: Readonly<Record<string, Cause>> = {
  EACCES: { code: 'not-permitted', why: 'permission denied', hint: 'run it again with sudo' },
  ENOENT: {
    code: 'file-not-found',
    why: 'it does not exist',
    hint: 'look with `namei -l %` how far the path leads',
  },
  EPERM: {
    code: 'file-not-writable',
    why: 'the operation is not permitted; the file or its folder is probably immutable',
    hint: 'look which it is with `lsattr -d ^ %`, and clear it with `chattr -i -a ^`, or of the file with `chattr -i -a %`',
  },
  EROFS: {
    code: 'file-not-writable',
    why: 'its file system is mounted read-only',
    hint: 'mount it writable; `findmnt -T % || findmnt -T ^` shows where it is mounted',
  },
  ENOSPC: {
    code: 'file-not-writable',
    why: 'no space is left on its file system',
    hint: 'free some space; `df -h % || df -h ^` and `df -i % || df -i ^` show what is full',
  },
  EDQUOT: {
    code: 'file-not-writable',
    why: 'the disk quota is used up',
    hint: 'free some space or raise the quota',
  },
  EBUSY: {
    code: 'file-not-writable',
    why: 'it is a mount point, so it cannot be removed or renamed',
    hint: 'unmount it first: `umount %`',
  },
  EIO: {
    code: 'file-not-writable',
    why: 'the disk reports an input/output error',
    hint: 'look at `dmesg`: the disk may be failing',
  },
  ENOTDIR: {
    code: 'file-not-writable',
    why: 'a part of its path is a file, not a folder',
    hint: 'look with `namei -l %` which part it is, and move it away',
  },
  ELOOP: {
    code: 'file-not-writable',
    why: 'its symbolic links lead in a circle',
    hint: 'look with `namei -l %`, and remove the link',
  },
  EISDIR: {
    code: 'file-not-writable',
    why: 'a folder is in its place',
    hint: 'look what is in it with `ls -la %`: name a file of it, or move the folder away',
  },
  EFBIG: {
    code: 'file-not-writable',
    why: 'it is larger than any such file, and is not read',
    hint: 'look at its size with `ls -lh %`, and move it away',
  },
  EINVAL: {
    code: 'file-not-writable',
    why: 'it is a pipe, a device or a socket, and no file',
    hint: 'look at it with `ls -l %`, and move it away',
  },
  ENFILE: {
    code: 'file-not-writable',
    why: 'the whole system may open no more files',
    hint: 'see how many there are: `sysctl fs.file-nr`',
  },
  EMFILE: {
    code: 'file-not-writable',
    why: 'this process may open no more files',
    hint: 'raise the limit: `ulimit -n 1024`',
  },
};

/** Does something to the file at `path`; a system error comes out in our words. */
export function onFile<Result>(
  path: string,
  access: 'read' | 'write',
  action: () => Result,
): Result {
  try {
    return action();
  } catch (error) {
    throw fileError(error, path, access);
  }
}

/** A system error that nobody expected, in our words; null where it is not about a file or a program. */
export function unexpectedFileError(error: unknown): DockerctlError | null {
  const { path, syscall } = error as { readonly path?: unknown; readonly syscall?: unknown };
  const errno = systemErrorCode(error) ?? '';
  if (typeof path !== 'string' || CAUSES[errno] === undefined) return null;
  const isProgram = typeof syscall === 'string' && syscall.startsWith('spawn');
  const said = fileError(error, path, 'read') as DockerctlError;
  if (!isProgram) return said;
  const { code, hint } = said;
  const message = `${path} cannot be started: ${CAUSES[errno].why}`;
  return new DockerctlError({ code, message, hint, cause: error });
}

/** A system error about a file, in our words: what happened, why, and what to type. Our own errors pass unchanged. */
export function fileError(error: unknown, path: string, access: 'read' | 'write'): unknown {
  const errno = systemErrorCode(error);
  if (errno === undefined) return error;
  const cause = CAUSES[errno];
  const code = cause?.code ?? 'file-not-writable';
  return new DockerctlError({
    code: access === 'read' && code === 'file-not-writable' ? 'file-unreadable' : code,
    message: `${path} cannot be ${access === 'read' ? 'read' : 'written'}: ${cause?.why ?? errno}`,
    hint: (cause?.hint ?? 'look at it with `namei -l %` and `findmnt -T %`').replace(
      /[%^]/g,
      (mark) => shellWord(mark === '%' ? path : dirname(path)),
    ),
    cause: error,
  });
}
