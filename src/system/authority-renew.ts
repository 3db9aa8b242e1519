import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { certificateFile, type Entry } from '../core/pki/entry.js';
import { isKeyType } from '../core/pki/key-type.js';
import { pkcs8Of } from '../core/pki/private-key.js';
import { readCertificates, type Certificate } from '../core/pki/read-certificate.js';
import { isRenewalDue } from '../core/pki/renewal.js';
import { daysOf } from '../core/pki/validity.js';
import { DockerctlError } from '../errors.js';
import type { Host } from '../host/host.js';
import { readStoredKey, type GivenKey, type IssueRequest } from './authority-issue.js';
import type { Authority } from './authority.js';

/** Everything in force that `renew --due` takes now. */
export function dueEntries({ entries, revoked, issuer }: Authority, now: number): Entry[] {
  return entries
    .filter(({ place, serial }) => place === 'current' && !revoked.has(serial))
    .filter((entry) => isRenewalDue(entry, { now, ceiling: issuer.notAfter }));
}

/** The request for the same certificate again: same subject, names, usages, length of life and kind of key. */
export function renewalRequest(
  host: Host,
  { folder, entry }: { readonly folder: string; readonly entry: Entry },
  wish: { readonly reuseKey: boolean; readonly days: number | null },
): IssueRequest {
  const path = join(folder, certificateFile(entry));
  const [certificate] = readCertificates(host.fs.read(path), path);
  if (certificate === undefined) throw unreadable(path);
  return {
    name: entry.name,
    order: {
      names: certificate.names,
      subject: certificate.subject,
      usages: (certificate.extendedKeyUsage ?? []).filter(
        (usage) => usage === 'server' || usage === 'client',
      ),
      days: wish.days ?? daysOf(certificate),
      explicitDays: wish.days !== null,
    },
    key: keyFor(certificate, readStoredKey(host, folder, entry), wish.reuseKey),
  };
}

/** A fresh key of the same type, where the key is ours and is not to be kept. */
function keyFor(certificate: Certificate, pem: string | null, reuse: boolean): IssueRequest['key'] {
  if (pem !== null && !reuse && isKeyType(certificate.keyType)) return certificate.keyType;
  const spki = certificate.publicKey.export({ type: 'spki', format: 'der' });
  const given: GivenKey = {
    spki,
    pkcs8: pem === null ? null : pkcs8Of(createPrivateKey(pem)),
    keyType: certificate.keyType,
  };
  return given;
}

const unreadable = (path: string): DockerctlError =>
  new DockerctlError({
    code: 'invalid-certificate',
    message: `${path} holds no certificate.`,
    hint: 'restore it from a backup, or issue it anew',
  });
