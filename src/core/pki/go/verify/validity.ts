import type { GoCertificate } from '../parse/certificate.js';
import type { RefusalReason } from '../rules/refusal.js';
import { utcDay } from '../../../text/utc-time.js';

/** What is held against any certificate of a chain, the root included (verify.go isValid). */
export const validityProblem = (certificate: GoCertificate, now: number): RefusalReason | null =>
  extensionProblem(certificate) ?? dateProblem(certificate, now);

export function extensionProblem({ unhandled, subject }: GoCertificate): RefusalReason | null {
  if (unhandled.length === 0) return null;
  return [
    'critical-extension',
    `${subject.text} has a critical extension that Go does not handle (${unhandled.join(', ')})`,
  ];
}

/** Both ends belong to a validity. */
export function dateProblem(
  { notBefore, notAfter, subject }: GoCertificate,
  now: number,
): RefusalReason | null {
  if (now > notAfter) return ['expired', `${subject.text} expired on ${utcDay(notAfter)}`];
  if (now < notBefore)
    return [
      'not-yet-valid',
      `${subject.text} is valid only from ${utcDay(notBefore)}, and this machine's clock says ${utcDay(now)}`,
    ];
  return null;
}
