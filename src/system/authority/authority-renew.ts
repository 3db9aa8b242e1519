import { join } from 'node:path';
import { keyFile, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { isKeyType } from '../../core/pki/keys/key-type.js';
import { pkcs8Of, readPrivateKey } from '../../core/pki/keys/private-key.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { isRenewalDue } from '../../core/pki/authority/renewal.js';
import { daysOf } from '../../core/pki/x509/validity.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import type { GivenKey, IssueRequest } from './authority-issue.js';
import { readStoredCertificate, readStoredKey } from './authority-read.js';
import type { Authority } from './authority.js';

/** Everything in force that `renew --due` takes now. */
export function dueEntries(
  { entries, revoked, issuer }: Authority,
  now: number,
): CertificateEntry[] {
  return entries
    .filter(({ place, serial }) => place === 'current' && !revoked.has(serial))
    .filter((entry) => isRenewalDue(entry, { now, ceiling: issuer.notAfter }));
}

/** The request for the same certificate again: same subject, names, usages, length of life and kind of key. */
export function renewalRequest(
  host: Host,
  { folder, entry }: { readonly folder: string; readonly entry: CertificateEntry },
  options: { readonly reuseKey: boolean; readonly days: number | null },
): IssueRequest {
  const certificate = readStoredCertificate(host, folder, entry);
  const path = join(folder, keyFile(entry));
  return {
    name: entry.name,
    order: {
      names: certificate.names,
      subject: certificate.subject,
      usages: (certificate.extendedKeyUsage ?? []).filter(
        (usage) => usage === 'server' || usage === 'client',
      ),
      days: options.days ?? daysOf(certificate),
      explicitDays: options.days !== null,
    },
    key: keyFor(
      { entry, certificate },
      { path, pem: readStoredKey(host, folder, entry) },
      options.reuseKey,
    ),
  };
}

/** A fresh key of the same type, where the key is ours and is not to be kept, or is lost. */
function keyFor(
  { entry, certificate }: { readonly entry: CertificateEntry; readonly certificate: Certificate },
  { path, pem }: { readonly path: string; readonly pem: string | null },
  reuse: boolean,
): IssueRequest['key'] {
  const isOurs = pem !== null || entry.keyIsOurs === true;
  if (pem === null && isOurs && reuse) throw nothingToReuse(path, entry);
  if (isOurs && !reuse && isKeyType(certificate.keyType)) return certificate.keyType;
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  const given: GivenKey = {
    spki,
    pkcs8:
      pem === null
        ? null
        : pkcs8Of(readPrivateKey({ path, bytes: Buffer.from(pem), passphrase: null })),
    keyType: certificate.keyType,
  };
  return given;
}

const nothingToReuse = (path: string, { name }: CertificateEntry): DockerctlError =>
  new DockerctlError({
    code: 'not-found',
    message: `${path} is missing: there is no key to keep.`,
    hint: `restore it from a backup, or \`dockerctl certs renew ${name}\` for a new key`,
  });
