import { join } from 'node:path';
import { entryOfIssued, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { issueLeaf, type LeafOrder, type Signer } from '../../core/pki/authority/issue.js';
import { KEY_TYPES, type KeyType } from '../../core/pki/keys/key-type.js';
import { toPem } from '../../core/pki/keys/pem.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { placeCertificates, type NewCertificate } from './authority-files.js';
import { writeIndex } from './authority-index.js';
import { openAuthority, withAuthorityLock, type Authority } from './authority.js';

/** One certificate to be issued under a name of the store. */
export interface IssueRequest {
  readonly name: string;
  readonly order: Omit<LeafOrder, 'spki' | 'now'>;
  /** A type for a fresh key, or one that is there. */
  readonly key: KeyType | GivenKey;
}

/** `pkcs8` null: the public key of a signing request, whose maker holds the other half. */
export interface GivenKey {
  readonly spki: Uint8Array;
  readonly pkcs8: Uint8Array | null;
  /** As `keyTypeOf` calls it. */
  readonly keyType: string;
}

export interface IssuedCertificate {
  readonly entry: CertificateEntry;
  readonly der: Buffer;
  /** PEM; null for a signing request. */
  readonly key: string | null;
  readonly notes: readonly string[];
}

/** Keys and signatures, in memory only. Throws `invalid-value` before anything is written. */
export async function prepareCertificates(
  host: Host,
  signer: Signer,
  requests: readonly IssueRequest[],
): Promise<IssuedCertificate[]> {
  const now = host.clock.now();
  const random = host.random.bytes(16 * requests.length);
  const issued: IssuedCertificate[] = [];
  for (const [index, { name, order, key }] of requests.entries()) {
    const pair = typeof key === 'string' ? await KEY_TYPES[key].generate() : key;
    const keyType = typeof key === 'string' ? key : key.keyType;
    const entropy = random.subarray(16 * index, 16 * index + 16);
    const leaf = issueLeaf({ ...order, now, spki: pair.spki }, signer, entropy);
    issued.push({
      entry: entryOfIssued(leaf, {
        name,
        keyType,
        keyIsOurs: pair.pkcs8 !== null,
      }),
      der: leaf.der,
      key: pair.pkcs8 && toPem('PRIVATE KEY', pair.pkcs8),
      notes: leaf.notes,
    });
  }
  return issued;
}

export interface Storing {
  readonly folder: string;
  readonly waitMs: number;
  /** Whether names that are in force may be replaced; what they had goes to old/. */
  readonly replace: boolean;
  /** The issuer that signed: another one by now is an error. */
  readonly issuer: Certificate;
  /** Of a renewal: what it was made from. Where another dockerctl renewed or revoked that meanwhile, it is left out. */
  readonly renews?: readonly CertificateEntry[];
}

/** Puts them into the store, all at once under its lock, and answers those it put. Throws `exists`, `stale-plan`, `locked`. */
export const storeCertificates = (
  host: Host,
  issued: readonly IssuedCertificate[],
  storing: Storing,
): Promise<readonly IssuedCertificate[]> =>
  withAuthorityLock(host, storing, async () => {
    const authority = openAuthority(host, storing.folder);
    const { folder, issuer, renews, replace } = storing;
    if (authority.issuer.fingerprint !== issuer.fingerprint) throw replacedMeanwhile(folder);
    const wanted = renews === undefined ? issued : stillRenewable(authority, issued, renews);
    if (wanted.length > 0) await placeIssued(host, wanted, { authority, replace });
    return wanted;
  });

function stillRenewable(
  { entries, revoked }: Authority,
  issued: readonly IssuedCertificate[],
  renews: readonly CertificateEntry[],
): IssuedCertificate[] {
  const unchanged = new Set(renews.map(({ serial }) => serial));
  const names = entries
    .filter(({ place, serial }) => place === 'current' && !revoked.has(serial))
    .filter(({ serial }) => unchanged.has(serial))
    .map(({ name }) => name);
  return issued.filter(({ entry }) => names.includes(entry.name));
}

/** The same for who holds the lock: `authority` is as it was read under it. */
export async function placeIssued(
  host: Host,
  issued: readonly IssuedCertificate[],
  { authority, replace }: { readonly authority: Authority; readonly replace: boolean },
): Promise<void> {
  const { folder, entries, revoked } = authority;
  const fresh = new Map(issued.map(({ entry }) => [entry.name, entry]));
  const taken = entries.find(
    ({ name, place, serial }) => place === 'current' && fresh.has(name) && !revoked.has(serial),
  );
  if (taken !== undefined && !replace) throw exists(taken);
  if (!replace) assertNoLoneKey(host, authority, [...fresh.keys()]);
  await placeCertificates(host, folder, issued.map(placementOf));
  const kept = entries.map((entry): CertificateEntry =>
    entry.place === 'current' && fresh.has(entry.name) ? { ...entry, place: 'superseded' } : entry,
  );
  writeIndex(host, folder, [...kept, ...fresh.values()]);
}

/** A key whose certificate is lost, or damaged, is as precious as one with it. */
function assertNoLoneKey(
  host: Host,
  { folder, entries }: Authority,
  names: readonly string[],
): void {
  const whole = new Set(entries.filter(({ place }) => place === 'current').map(({ name }) => name));
  const lone = names
    .filter((name) => !whole.has(name))
    .map((name) => ({ name, path: join(folder, 'certs', `${name}.key`) }))
    .find(({ path }) => host.fs.stat(path) !== null);
  if (lone === undefined) return;
  throw new DockerctlError({
    code: 'exists',
    message: `${lone.path} is there without its certificate, and a key is never overwritten unasked.`,
    hint: `restore ${lone.name}.crt beside it from a backup, add --force (the key is kept in ${join(folder, 'old')}), or --name ANOTHER`,
  });
}

export const placementOf = ({ entry, der, key }: IssuedCertificate): NewCertificate => ({
  entry,
  certificate: toPem('CERTIFICATE', der),
  key,
});

const exists = ({ name }: CertificateEntry): DockerctlError =>
  new DockerctlError({
    code: 'exists',
    message: `There is a certificate ${name} already, and its key is never overwritten unasked.`,
    hint: `\`dockerctl certs renew ${name}\` for the same names, --force for others (the old one is kept), or --name ANOTHER`,
  });

const replacedMeanwhile = (folder: string): DockerctlError =>
  new DockerctlError({
    code: 'stale-plan',
    message: `The authority in ${folder} was replaced while this certificate was made.`,
    hint: 'run the same command again',
  });
