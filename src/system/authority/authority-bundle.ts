import { join } from 'node:path';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import { keyFile, statusOf, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { fileNameFor } from '../../core/pki/authority/file-name.js';
import { isKeyOf } from '../../core/pki/keys/private-key.js';
import { readCertificate, type Certificate } from '../../core/pki/x509/read-certificate.js';
import { printable } from '../../core/text/printable.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import type { IssuedCertificate } from './authority-issue.js';
import { optionsOf, readStoredCertificate, readStoredKey } from './authority-read.js';
import { chainOf, type Authority } from './authority.js';
import { utcDay } from '../../core/text/utc-time.js';

/** The certificate in force under `name`: as the store calls it, by its first name, or by its serial. Throws `not-found`. */
export function findCurrent({ entries, folder }: Authority, name: string): CertificateEntry {
  const current = entries.filter(({ place }) => place === 'current');
  const wanted = [name, fileNameFor(name)];
  const found = current.find(
    (entry) => wanted.includes(entry.name) || entry.serial === name.toLowerCase(),
  );
  if (found !== undefined) return found;
  const names = current.slice(0, 8).map((entry) => entry.name);
  throw new DockerctlError({
    code: 'not-found',
    message: `There is no certificate "${printable(name)}" in ${folder}.`,
    hint: names.length === 0 ? 'dockerctl certs issue --domain NAME' : `one of ${names.join(', ')}`,
  });
}

/** A certificate of the store with its key and chain. Throws `invalid-certificate` where a part is damaged. */
export function readBundle(host: Host, authority: Authority, entry: CertificateEntry): Bundle {
  const { folder, root } = authority;
  const certificate = readStoredCertificate(host, folder, entry);
  const key = readStoredKey(host, folder, entry);
  const path = join(folder, keyFile(entry));
  if (key !== null) assertPair(certificate, key, path);
  else if (entry.keyIsOurs === true) throw keyLost(path, entry);
  return { name: entry.name, certificate, chain: chainOf(authority), root, key };
}

/** Why clients refuse a certificate of the store, and what helps; null for one that they take. */
export function whyRefused(
  host: Host,
  { revoked }: Authority,
  entry: CertificateEntry,
): { readonly message: string; readonly hint: string } | null {
  const { name } = entry;
  const status = statusOf(entry, { revoked, now: host.clock.now() });
  if (status === 'expired') {
    const message = `${name} expired on ${utcDay(entry.notAfter)}: clients refuse it.`;
    return { message, hint: `dockerctl certs renew ${name}` };
  }
  if (status !== 'revoked') return null;
  const hint = `dockerctl certs issue --name ${name}${optionsOf(entry.names)}`;
  return { message: `${name} was revoked: clients that read the list refuse it.`, hint };
}

/** A server with another key than its certificate's would not start. */
function assertPair(certificate: Certificate, pem: string, path: string): void {
  if (isKeyOf({ path, bytes: Buffer.from(pem) }, certificate)) return;
  throw new DockerctlError({
    code: 'invalid-certificate',
    message: `${path} is not the key of the certificate beside it.`,
    hint: 'restore both from the same backup, or `dockerctl certs renew NAME` for a new pair',
  });
}

const keyLost = (path: string, { name }: CertificateEntry): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: `${path} is missing, and a server does not start without the key of its certificate.`,
    hint: `restore it from a backup, or \`dockerctl certs renew ${name}\` for a new pair`,
  });

export const bundleOf = (authority: Authority, { entry, der, key }: IssuedCertificate): Bundle => ({
  name: entry.name,
  certificate: readCertificate(der, entry.name),
  chain: chainOf(authority),
  root: authority.root,
  key,
});
