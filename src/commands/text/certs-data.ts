import { certificateFile, keyFile, type CertificateEntry } from '../../core/pki/authority/entry.js';
import { daysOf } from '../../core/pki/x509/validity.js';
import { utcDay } from '../../core/text/utc-time.js';

/** One certificate of the store, as `--json` answers it. Times are ISO 8601, UTC. */
export interface CertificateData {
  readonly name: string;
  readonly serial: string;
  readonly names: readonly string[];
  readonly keyType: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly fingerprint: string;
  readonly certificate: string;
  readonly key: string;
}

export const certificateData = (folder: string, entry: CertificateEntry): CertificateData => ({
  name: entry.name,
  serial: entry.serial,
  names: entry.names,
  keyType: entry.keyType,
  notBefore: new Date(entry.notBefore).toISOString(),
  notAfter: new Date(entry.notAfter).toISOString(),
  fingerprint: entry.fingerprint,
  certificate: `${folder}/${certificateFile(entry)}`,
  key: `${folder}/${keyFile(entry)}`,
});

/** `2027-12-23 (397 days)`: the whole of its life, as `--days` counts it and `certs inspect` shows it. */
export function untilText(certificate: Pick<CertificateData, 'notBefore' | 'notAfter'>): string {
  const [notBefore, notAfter] = [
    Date.parse(certificate.notBefore),
    Date.parse(certificate.notAfter),
  ];
  const days = daysOf({ notBefore, notAfter });
  return `${utcDay(notAfter)} (${days} ${days === 1 ? 'day' : 'days'})`;
}
