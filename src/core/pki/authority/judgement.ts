import type { Finding } from '../../plan/finding.js';
import { AUTHORITY_FAULTS } from './authority-faults.js';
import { certificateFindings } from './docker-findings.js';
import { FAULTS } from './faults.js';
import type { Certificate } from '../x509/read-certificate.js';
import { DAY_MS } from '../x509/validity.js';
import { utcDay } from '../../text/utc-time.js';

/** `subject` and `path` say which certificate is meant. `now` in milliseconds since 1970. */
export function judge(
  certificate: Certificate,
  place: { readonly subject: string; readonly path?: string; readonly now: number },
): Finding[] {
  const { subject, path, now } = place;
  const faults = [...FAULTS, ...AUTHORITY_FAULTS]
    .filter(({ applies }) => applies(certificate, now))
    .map(({ code, severity, message, hint }) => ({
      code,
      severity,
      subject,
      ...(path === undefined ? {} : { path }),
      message: `${typeof message === 'string' ? message : message(certificate)}.`,
      hint,
    }));
  return [...faults, ...certificateFindings(certificate, place)];
}

/** What is about to expire, for `certs check`. */
export function judgeExpiry(
  certificate: Certificate,
  place: { readonly subject: string; readonly now: number; readonly withinMs: number },
): Finding[] {
  const { subject, now, withinMs } = place;
  const left = certificate.notAfter - now;
  if (left < 0 || left > withinMs) return [];
  const days = Math.floor(left / DAY_MS);
  return [
    {
      code: 'certificate-expires-soon',
      severity: 'warning',
      subject,
      message: `it expires on ${utcDay(certificate.notAfter)}, in ${days} ${days === 1 ? 'day' : 'days'}.`,
      hint: certificate.isAuthority
        ? '`dockerctl certs init --force`, and issue anew'
        : `dockerctl certs renew ${subject}`,
    },
  ];
}
