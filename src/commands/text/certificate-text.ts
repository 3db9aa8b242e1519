import { X509Certificate } from 'node:crypto';
import type { Finding } from '../../core/plan/finding.js';
import { formatName } from '../../core/pki/x509/names.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { formatSubject } from '../../core/pki/x509/subject.js';
import { daysOf } from '../../core/pki/x509/validity.js';
import { padColumns } from '../../core/text/width.js';
import { printable } from '../../core/text/printable.js';
import type { Style } from '../../app/context/command.js';

/** One certificate in full, of any maker, as `--json` answers it. Foreign text is made safe for a terminal. */
export interface CertificateView {
  readonly subject: string;
  readonly issuer: string;
  /** By its own key: an authority may have the same name as what it issued. */
  readonly signedItself: boolean;
  readonly names: readonly string[];
  readonly serial: string;
  /** ISO 8601, UTC; null where the certificate holds no readable time. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  readonly days: number;
  readonly keyType: string;
  readonly isAuthority: boolean;
  readonly pathLength: number | null;
  readonly keyUsage: readonly string[] | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly permitted: readonly string[];
  readonly excluded: readonly string[];
  readonly fingerprint: string;
}

export type ListedFinding = Finding & { readonly fixable: boolean };

export function viewOf(certificate: Certificate): CertificateView {
  const { constraints, serial, keyType, isAuthority, pathLength, fingerprint } = certificate;
  const bases = (side: 'permitted' | 'excluded'): string[] =>
    [...(constraints?.[side].dns ?? []), ...(constraints?.[side].ip ?? [])].map((base) =>
      printable(base),
    );
  return {
    subject: formatSubject(certificate.subject),
    issuer: formatSubject(certificate.issuer),
    signedItself: signedItself(certificate),
    names: certificate.names.map((name) => printable(formatName(name))),
    serial,
    notBefore: instant(certificate.notBefore),
    notAfter: instant(certificate.notAfter),
    days: daysOf(certificate),
    keyType,
    isAuthority,
    pathLength,
    keyUsage: certificate.keyUsage,
    extendedKeyUsage: certificate.extendedKeyUsage,
    permitted: bases('permitted'),
    excluded: bases('excluded'),
    fingerprint,
  };
}

function signedItself({ der, subject, issuer }: Certificate): boolean {
  if (formatSubject(subject) !== formatSubject(issuer)) return false;
  try {
    const certificate = new X509Certificate(der);
    return certificate.verify(certificate.publicKey);
  } catch {
    return true;
  }
}

function issuerText({ subject, issuer, signedItself: own }: CertificateView): string {
  if (own) return 'itself';
  return issuer === subject ? `${issuer}, another key of the same name` : issuer;
}

export function renderView(view: CertificateView, style: Style): string {
  const rows: (readonly [string, string])[] = [
    ['for', view.names.join(', ')],
    ['issued by', issuerText(view)],
    [
      'valid',
      `${view.notBefore ?? '?'} to ${view.notAfter ?? '?'} (${view.days} ${view.days === 1 ? 'day' : 'days'})`,
    ],
    ['key', view.keyType],
    [
      'authority',
      view.isAuthority
        ? `yes${view.pathLength === null ? '' : `, path length ${view.pathLength}`}`
        : '',
    ],
    ['usage', [...(view.keyUsage ?? []), ...(view.extendedKeyUsage ?? [])].join(', ')],
    ['permitted', view.permitted.join(', ')],
    ['excluded', view.excluded.map((base) => (base === '' ? 'all names' : base)).join(', ')],
    ['serial', view.serial],
    ['SHA-256', view.fingerprint],
  ];
  const shown = rows.filter(([, value]) => value !== '');
  return [
    style.bold(view.subject === '' ? '(no subject)' : view.subject),
    ...shown.map(([label, value]) => `  ${style.dim(padColumns(style.say(label), 10))} ${value}`),
  ].join('\n');
}

const instant = (ms: number): string | null =>
  Number.isNaN(ms) ? null : new Date(ms).toISOString().replace('.000', '');
