import { join } from 'node:path';
import { sha256 } from '../../core/plan/content.js';
import { certificateFile, keyFile, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { isKeyOf } from '../../core/pki/keys/private-key.js';
import { readStoredCertificates } from '../../core/pki/x509/read-certificate.js';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { makeFolders } from '../files/folder.js';
import { unlinkIfThere } from '../files/unlink.js';

/** How a file is called that is complete, and not in force yet. */
export const FRESH = '.new';

/** A new certificate for the store. `key` is null where somebody else holds it (certs sign). PEM. */
export interface NewCertificate {
  readonly entry: CertificateEntry;
  readonly certificate: string;
  readonly key: string | null;
}

/**
 * Puts certificates and keys into certs/, those they replace into old/. For each the complete NAME.crt.new is the point of
 * no return: a dead process left all of a pair or none of it once `finishReplacements` has run.
 */
export async function placeCertificates(
  host: Host,
  folder: string,
  placements: readonly NewCertificate[],
): Promise<void> {
  makeFolders(host, join(folder, 'certs'), 0o700);
  // All keys are durable before the first certificate is: see the point of no return.
  for (const files of [keysOf(placements), certificatesOf(placements)]) {
    const fresh = files.map(({ path, text }) => ({ path: path + FRESH, text }));
    for (const { path } of fresh) unlinkIfThere(host, join(folder, path));
    await createFiles(host, folder, fresh);
  }
  host.fs.syncFolder(join(folder, 'certs'));
  for (const { entry } of placements) replace(host, folder, entry.name);
  host.fs.syncFolder(join(folder, 'certs'));
}

/** The same below a folder that nobody knows yet, under their own names: nobody can find a half of them. */
export const certificateFiles = (placements: readonly NewCertificate[]): TextFile[] => [
  ...keysOf(placements),
  ...certificatesOf(placements),
];

/** Finishes what a dead process had committed, and removes what it had not. */
export function finishReplacements(host: Host, folder: string): void {
  const certs = join(folder, 'certs');
  if (host.fs.stat(certs) === null) return;
  const fresh = host.fs.list(certs).filter((name) => name.endsWith(FRESH));
  if (fresh.length === 0) return;
  const whole = fresh.filter(
    (name) => name.endsWith(`.crt${FRESH}`) && isWhole(host, join(certs, name)),
  );
  for (const name of whole) replace(host, folder, name.slice(0, -`.crt${FRESH}`.length));
  for (const name of fresh) unlinkIfThere(host, join(certs, name));
  host.fs.syncFolder(certs);
}

function replace(host: Host, folder: string, name: string): void {
  const at = (suffix: string): string => join(folder, 'certs', name + suffix);
  keepOld(host, folder, name);
  // The key first: while NAME.crt.new is there, the pair is known to be half done. A signed request brings no key,
  // and the key of what it replaces must not stay beside a certificate that it does not fit.
  if (host.fs.stat(at(`.key${FRESH}`)) !== null) host.fs.rename(at(`.key${FRESH}`), at('.key'));
  else if (!keyFits(host, at('.key'), at(`.crt${FRESH}`))) unlinkIfThere(host, at('.key'));
  host.fs.rename(at(`.crt${FRESH}`), at('.crt'));
}

/** Second names in old/ before the first ones are taken: no moment without a pair. */
function keepOld(host: Host, folder: string, name: string): void {
  const [path, key] = [`${name}.crt`, `${name}.key`].map((file) => join(folder, 'certs', file));
  if (path === undefined || key === undefined) return;
  if (host.fs.stat(path) === null) {
    keepLoneKey(host, folder, name);
    return;
  }
  const bytes = host.fs.read(path);
  const serial = serialIn(bytes);
  const old = join(folder, 'old', `${name}.${serial ?? sha256(bytes).slice(0, 32)}`);
  makeFolders(host, join(folder, 'old'), 0o700);
  linkOnce(host, key, `${old}.key`);
  // A damaged one has no serial, and is no certificate of the store any more.
  linkOnce(host, path, serial === null ? `${old}.damaged` : `${old}.crt`);
  host.fs.syncFolder(join(folder, 'old'));
}

/** Its certificate is lost. One that fits what comes is no old one: a dead process put it there. */
function keepLoneKey(host: Host, folder: string, name: string): void {
  const path = join(folder, 'certs', `${name}.key`);
  if (
    host.fs.stat(path) === null ||
    keyFits(host, path, join(folder, 'certs', `${name}.crt${FRESH}`))
  )
    return;
  makeFolders(host, join(folder, 'old'), 0o700);
  const id = sha256(host.fs.read(path)).slice(0, 32);
  linkOnce(host, path, join(folder, 'old', `${name}.${id}.key`));
  host.fs.syncFolder(join(folder, 'old'));
}

function serialIn(bytes: Uint8Array): string | null {
  try {
    return readStoredCertificates(bytes, 'the old certificate')[0]?.serial ?? null;
  } catch {
    return null;
  }
}

/** Whether the key that is there fits the certificate that comes. */
function keyFits(host: Host, keyPath: string, certificatePath: string): boolean {
  if (host.fs.stat(keyPath) === null) return true;
  const [certificate] = readStoredCertificates(host.fs.read(certificatePath), certificatePath);
  try {
    const file = { path: keyPath, bytes: host.fs.read(keyPath) };
    return certificate !== undefined && isKeyOf(file, certificate);
  } catch {
    return false;
  }
}

function isWhole(host: Host, path: string): boolean {
  try {
    return readStoredCertificates(host.fs.read(path), path).length > 0;
  } catch {
    return false;
  }
}

/** `path` is below the authority's folder. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export const createFiles = (
  host: Host,
  folder: string,
  files: readonly TextFile[],
): Promise<void> =>
  host.fs.createAll(
    files.map(({ path, text }) => ({ path: join(folder, path), bytes: Buffer.from(text) })),
  );

const keysOf = (placements: readonly NewCertificate[]): TextFile[] =>
  placements.flatMap(({ entry, key }) =>
    key === null ? [] : [{ path: keyFile(entry), text: key }],
  );

const certificatesOf = (placements: readonly NewCertificate[]): TextFile[] =>
  placements.map(({ entry, certificate }) => ({ path: certificateFile(entry), text: certificate }));

function linkOnce(host: Host, existing: string, path: string): void {
  try {
    host.fs.link(existing, path);
  } catch (error) {
    // EEXIST: a dead process came this far. ENOENT: a signed request has no key here.
    if (!['EEXIST', 'ENOENT'].includes(systemErrorCode(error) ?? '')) throw error;
  }
}
