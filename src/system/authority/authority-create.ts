import { join } from 'node:path';
import { pemOf } from '../../core/pki/authority/bundle.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { fileError } from '../../core/text/file-error.js';
import { DockerctlError, systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { placeAtOnce } from './new-authority.js';
import { FRESH, type TextFile } from './authority-files.js';
import {
  assertNotLost,
  hasAuthority,
  INTERMEDIATE_CERTIFICATE,
  INTERMEDIATE_KEY,
  PARTS,
  ROOT_CERTIFICATE,
  ROOT_KEY,
  withAuthorityLock,
} from './authority.js';
import { makeFolders, removeFolderIfEmpty } from '../files/folder.js';
import { assertSafePath } from '../files/safe-path.js';
import { unlinkIfThere } from '../files/unlink.js';

/** Certificates and PEM keys of a new authority. */
export interface AuthorityMaterial {
  readonly root: Certificate;
  /** null where the root's key never comes to this machine. */
  readonly rootKey: string | null;
  readonly intermediate: { readonly certificate: Certificate; readonly key: string } | null;
}

export interface Placing {
  readonly folder: string;
  /** Puts an authority that is there away, into replaced/, with all its certificates. */
  readonly force: boolean;
  /** The file the root's key goes to instead of the store. */
  readonly rootKeyOut: string | null;
}

/** Where the old authority went, or null. Throws `exists`, `locked`. */
export async function createAuthority(
  host: Host,
  material: AuthorityMaterial,
  placing: Placing & { readonly waitMs: number },
): Promise<string | null> {
  const files = authorityFiles(material);
  const isAlone = placing.rootKeyOut === null;
  if (isAlone && (await placeAtOnce(host, placing.folder, { folders: [], files }))) return null;
  return withAuthorityLock(host, placing, () => placeAuthority(host, material, placing));
}

/**
 * The same for who holds the lock. All is written before the old authority is put away: a full disk leaves that in force.
 * ca.crt is renamed last: without it there is no authority.
 */
export function placeAuthority(
  host: Host,
  material: AuthorityMaterial,
  { folder, rootKeyOut, force }: Placing,
): string | null {
  if (!force) assertVacant(host, folder);
  const { rootKey } = material;
  const stored = rootKeyOut === null ? material : { ...material, rootKey: null };
  const fresh = authorityFiles(stored).map(({ path, text }) => ({
    path: join(folder, path),
    text,
  }));
  const old = oldParts(host, folder);
  if (rootKeyOut !== null && rootKey !== null) create(host, rootKeyOut, rootKey);
  try {
    for (const { path, text } of fresh) stage(host, path + FRESH, text);
    if (old !== null) makeFolders(host, old.replaced, 0o700);
    moveAll(host, [...(old?.moves ?? []), ...fresh.map(({ path }): Move => [path + FRESH, path])]);
  } catch (error) {
    for (const { path } of fresh) unlinkIfThere(host, path + FRESH);
    if (rootKeyOut !== null) unlinkIfThere(host, rootKeyOut);
    if (old !== null) removeFolderIfEmpty(host, old.replaced);
    throw error;
  }
  if (old !== null) host.fs.syncFolder(old.replaced);
  host.fs.syncFolder(folder);
  return old?.replaced ?? null;
}

/** ca.crt is the last. */
export function authorityFiles({ root, rootKey, intermediate }: AuthorityMaterial): TextFile[] {
  const files: (readonly [string, string | null])[] = [
    [ROOT_KEY, rootKey],
    [INTERMEDIATE_KEY, intermediate?.key ?? null],
    [INTERMEDIATE_CERTIFICATE, intermediate && pemOf(intermediate.certificate)],
    [ROOT_CERTIFICATE, pemOf(root)],
  ];
  return files.flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
}

/** Throws `exists`, and `not-found` where an authority was. */
export function assertVacant(host: Host, folder: string): void {
  if (hasAuthority(host, folder)) throw exists(folder);
  assertNotLost(host, folder);
}

type Move = readonly [from: string, to: string];

/** What is put away, and where to; null where there is nothing. */
function oldParts(
  host: Host,
  folder: string,
): { readonly replaced: string; readonly moves: readonly Move[] } | null {
  const there = PARTS.filter((name) => host.fs.stat(join(folder, name)) !== null);
  if (there.length === 0) return null;
  const stamp = new Date(host.clock.now()).toISOString().replace(/[:.]/gu, '-');
  const replaced = join(folder, 'replaced', stamp);
  return { replaced, moves: there.map((name) => [join(folder, name), join(replaced, name)]) };
}

/** All or, where one fails, none. */
function moveAll(host: Host, moves: readonly Move[]): void {
  const done: Move[] = [];
  try {
    for (const move of moves) {
      host.fs.rename(...move);
      done.unshift(move);
    }
  } catch (error) {
    for (const [from, to] of done) host.fs.rename(to, from);
    throw error;
  }
}

/** What a dead `init` left under that name is nobody's. */
function stage(host: Host, path: string, pem: string): void {
  unlinkIfThere(host, path);
  create(host, path, pem);
}

/** Throws `exists`, and `file-not-writable` where somebody else can exchange what is there. */
export function assertNoKey(host: Host, path: string): void {
  assertSafePath(host, path, { care: 'name' });
  if (host.fs.stat(path) !== null) throw keyExists(path);
}

function create(host: Host, path: string, pem: string): void {
  try {
    host.fs.create(path, Buffer.from(pem));
  } catch (error) {
    throw systemErrorCode(error) === 'EEXIST' ? keyExists(path) : fileError(error, path, 'write');
  }
  try {
    assertSafePath(host, path, { care: 'name' });
  } catch (error) {
    // Its folder was not there when it was looked at, and is somebody else's.
    unlinkIfThere(host, path);
    throw error;
  }
}

const keyExists = (path: string): DockerctlError =>
  new DockerctlError({
    code: 'exists',
    message: `${path} exists, and a key is never written over another.`,
    hint: 'name another file, or move that one away',
  });

const exists = (folder: string): DockerctlError =>
  new DockerctlError({
    code: 'exists',
    message: `There is a certificate authority in ${folder} already, and what it signed would no longer be trusted.`,
    hint: '`dockerctl certs init --force` puts it away and makes another, or use --pki DIR for a second one',
  });
