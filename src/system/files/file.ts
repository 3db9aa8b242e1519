import { sha256 } from '../../core/plan/content.js';
import { basename, dirname, join } from 'node:path';
import { type Fingerprint, sameFingerprint } from '../../core/plan/content.js';
import { onFile } from '../../core/text/file-error.js';
import type { TransactionTarget } from '../../core/transaction/journal.js';
import { classify } from '../../core/transaction/recovery.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { Access, Host } from '../../host/host.js';
import { readFingerprint } from './image.js';
import { unlinkIfThere } from './unlink.js';

/** A target and the transaction it belongs to, which names its helpers in the same folder. */
export interface Swap {
  readonly target: TransactionTarget;
  readonly generation: number;
}

/**
 * Puts what is needed beside the file, without touching it: the new content, complete and durable, and a second name of
 * the old file. Whatever would fail for want of space, rights or a writable folder fails here.
 */
export function stage(host: Host, swap: Swap, bytes: Uint8Array | null): void {
  const { target } = swap;
  onFile(target.path, 'write', () => {
    if (target.before !== null) secondName(host, target.real, helpers(swap).old);
    if (target.after === null || bytes === null) return;
    createLike(host, { swap, bytes, access: target.after });
  });
}

/**
 * Exchanges the file for the staged one, or removes it, if it is still what the plan was made for.
 * @returns `busy` for a mount point, which can only be overwritten
 * @throws stale-plan when somebody else changed it: their file stays
 */
export function exchange(host: Host, swap: Swap): 'done' | 'busy' {
  const { target } = swap;
  return onFile(target.path, 'write', () => {
    const { folder, fresh } = helpers(swap);
    refuseForeign(host, swap);
    if (target.before === null && target.after === null) return 'done';
    if (target.before === null) createExclusively(host, fresh, target);
    else if (target.after === null) host.fs.unlink(target.real);
    else if (!renamed(host, fresh, target.real)) return 'busy';
    host.fs.syncFolder(folder);
    returnForeign(host, swap);
    return 'done';
  });
}

/** Writes over a mount point. A crash tears it: the journal must say `inPlace` before. */
export function overwrite(host: Host, target: TransactionTarget, bytes: Uint8Array): void {
  onFile(target.path, 'write', () => {
    host.fs.overwrite(target.real, bytes);
    const access = target.after;
    if (access !== null) host.fs.setAccess(target.real, allowed(host, access));
  });
}

/**
 * Replaces one interim config of the transaction by another; null removes the file.
 * @throws stale-plan when somebody else changed it: their file stays
 */
export function writeInterim(host: Host, swap: Swap, bytes: Uint8Array | null): void {
  const { target } = swap;
  const old = bytes !== null && sha256(bytes) === target.before?.sha256 ? target.before : null;
  const access = old ?? target.after ?? target.before ?? { mode: 0o644, uid: 0, gid: 0 };
  onFile(target.path, 'write', () => {
    const { folder, fresh, now } = helpers(swap);
    if (classify(target, readFingerprint(host, target.real)) === 'foreign')
      throw foreignEdit(target.path);
    if (!target.inPlace) secondNameIfThere(host, target.real, now);
    if (bytes === null) {
      unlinkIfThere(host, target.real);
    } else if (target.inPlace) {
      overwrite(host, target, bytes);
    } else {
      unlinkIfThere(host, fresh);
      createLike(host, { swap, bytes, access });
      host.fs.rename(fresh, target.real);
    }
    const untouched = keepConcurrentEdit(host, swap);
    host.fs.syncFolder(folder);
    if (!untouched) throw foreignEdit(target.path);
  });
}

/** Puts what somebody wrote into the replaced file at this very moment back in its place. @returns whether nobody did */
function keepConcurrentEdit(host: Host, swap: Swap): boolean {
  const { target } = swap;
  const { now } = helpers(swap);
  const replaced = readFingerprint(host, now);
  if (replaced === null) return true;
  const untouched = classify(target, replaced) !== 'foreign';
  if (untouched) unlinkIfThere(host, now);
  else host.fs.rename(now, target.real);
  return untouched;
}

function secondNameIfThere(host: Host, path: string, name: string): void {
  if (host.fs.stat(path) !== null) secondName(host, path, name);
}

/**
 * Restores the file as it was; `bytes` is its old content, null when there was none.
 * @returns false when somebody wrote to it at this very moment: that edit stays
 */
export function putBack(host: Host, swap: Swap, bytes: Uint8Array | null): boolean {
  const { target } = swap;
  return onFile(target.path, 'write', () => {
    const { folder, now } = helpers(swap);
    if (!target.inPlace && target.after !== null) secondName(host, target.real, now);
    restore(host, swap, bytes);
    const untouched = keepConcurrentEdit(host, swap);
    host.fs.syncFolder(folder);
    return untouched;
  });
}

function restore(host: Host, swap: Swap, bytes: Uint8Array | null): void {
  const { target } = swap;
  const { fresh, old } = helpers(swap);
  if (target.before === null || bytes === null) {
    unlinkIfThere(host, target.real);
  } else if (target.inPlace) {
    overwrite(host, { ...target, after: target.before }, bytes);
  } else if (readFingerprint(host, old)?.sha256 === target.before.sha256) {
    host.fs.rename(old, target.real);
  } else {
    unlinkIfThere(host, fresh);
    createLike(host, { swap, bytes, access: target.before });
    host.fs.rename(fresh, target.real);
  }
}

/** Removes the helpers. Some readers take every file in a folder, so this also precedes refresh commands. */
export function tidy(host: Host, swap: Swap): void {
  onFile(swap.target.path, 'write', () => {
    const { folder, fresh, old, now } = helpers(swap);
    const removed = [fresh, old, now].map((path) => unlinkIfThere(host, path));
    if (removed.includes(true)) host.fs.syncFolder(folder);
  });
}

/** Files in the same folder: the new content, and second names of the old file and of the one that is taken back. */
interface Helpers {
  readonly folder: string;
  readonly fresh: string;
  readonly old: string;
  readonly now: string;
}

/** The names end so that dockerd (certs.d), update-ca-certificates and containerd pass over them. */
function helpers({ target, generation }: Swap): Helpers {
  const folder = dirname(target.real);
  const stem = join(folder, `.${basename(target.real)}.dockerctl-${generation}`);
  return { folder, fresh: `${stem}.new`, old: `${stem}.old`, now: `${stem}.now` };
}

/** A second name needs no space, keeps attributes that no copy has, and shows what is written to the file later. */
function secondName(host: Host, path: string, name: string): void {
  try {
    unlinkIfThere(host, name);
    host.fs.link(path, name);
  } catch (error) {
    if (!NO_LINKS.includes(systemErrorCode(error) ?? '')) throw error;
  }
}

/** A mount point, or a file system without hard links: the copy in the generation has to do. */
const NO_LINKS = ['EXDEV', 'EPERM', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

type Rights = Omit<Fingerprint, 'sha256'>;

interface Creation {
  readonly swap: Swap;
  readonly bytes: Uint8Array;
  readonly access: Rights;
}

function createLike(host: Host, { swap, bytes, access }: Creation): void {
  const { fresh } = helpers(swap);
  const { real } = swap.target;
  host.fs.create(fresh, bytes);
  if (host.fs.stat(real) !== null) host.fs.copyAttributes(real, fresh);
  host.fs.setAccess(fresh, allowed(host, access));
}

/** Only root may give files away. */
function allowed({ self }: Host, { mode, uid, gid }: Rights): Access {
  return self.uid === 0 ? { mode, uid, gid } : { mode };
}

function refuseForeign(host: Host, swap: Swap): void {
  const { target } = swap;
  const old = host.fs.stat(helpers(swap).old);
  const same = old === null || host.fs.stat(target.real)?.inode === old.inode;
  if (!same || !sameFingerprint(readFingerprint(host, target.real), target.before))
    throw foreignEdit(target.path);
}

/** A writer who had the old file open may have written between our look and the exchange: that edit is restored. */
function returnForeign(host: Host, swap: Swap): void {
  const { target } = swap;
  const { folder, old } = helpers(swap);
  const kept = readFingerprint(host, old);
  if (target.before === null || kept === null || kept.sha256 === target.before.sha256) return;
  host.fs.rename(old, target.real);
  host.fs.syncFolder(folder);
  throw foreignEdit(target.path);
}

/** link(2) refuses a name that is taken meanwhile; rename(2) would replace it. */
function createExclusively({ fs }: Host, fresh: string, { path, real }: TransactionTarget): void {
  try {
    fs.link(fresh, real);
    fs.unlink(fresh);
  } catch (error) {
    const errno = systemErrorCode(error) ?? '';
    if (errno === 'EEXIST') throw foreignEdit(path);
    if (!NO_LINKS.includes(errno)) throw error;
    fs.rename(fresh, real);
  }
}

function renamed({ fs }: Host, from: string, to: string): boolean {
  try {
    fs.rename(from, to);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EBUSY') return false;
    throw error;
  }
}

export function foreignEdit(path: string): DockerctlError {
  return new DockerctlError({
    code: 'stale-plan',
    message: `${path} was changed by somebody else since the change was planned`,
    hint: 'run the same command again: it starts from the file as it is now',
  });
}
