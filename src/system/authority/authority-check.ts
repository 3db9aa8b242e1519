import { sortFindings, type Finding } from '../../core/plan/finding.js';
import { judge, judgeExpiry } from '../../core/pki/authority/judgement.js';
import type { Certificate } from '../../core/pki/x509/read-certificate.js';
import { isDockerctlError, isOverdue } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { judgeAuthorityKey, judgeKey } from './authority-keys.js';
import { readStoredCertificate } from './authority-read.js';
import { openAuthority, type Authority } from './authority.js';
import { utcDay } from '../../core/text/utc-time.js';

/** Judges every certificate of an authority that is in force. Throws `not-found` where there is no authority. */
export function checkAuthority(
  host: Host,
  { folder, withinMs }: { readonly folder: string; readonly withinMs: number },
): { readonly checked: number; readonly findings: readonly Finding[] } {
  const authority = openAuthority(host, folder);
  const when = { now: host.clock.now(), withinMs };
  const { root, issuer } = authority;
  const authorities = [...new Set([root, issuer])];
  const ofAuthorities = authorities.flatMap((certificate) =>
    judgeWithin(certificate, { ...when, subject: certificate === root ? 'ca' : 'intermediate' }),
  );
  const stored = judgeStored(host, authority, when);
  return {
    checked: authorities.length + stored.checked,
    findings: sortFindings([
      ...stored.damaged,
      ...judgeAuthorityKey(host, authority),
      ...stored.keys,
      ...ofAuthorities,
      ...stored.findings,
      ...judgeCrl(authority, when.now),
    ]),
  };
}

interface When {
  readonly now: number;
  readonly withinMs: number;
}

function judgeWithin(
  certificate: Certificate,
  place: When & { readonly subject: string },
): Finding[] {
  return [...judge(certificate, place), ...judgeExpiry(certificate, place)];
}

interface Stored {
  readonly checked: number;
  readonly damaged: readonly Finding[];
  /** What is wrong with their keys. */
  readonly keys: readonly Finding[];
  readonly findings: readonly Finding[];
}

/** One after the other, for there may be ten thousand. One that is damaged does not keep the others from being judged. */
function judgeStored(
  host: Host,
  { folder, entries, revoked, damaged: unread, lost }: Authority,
  when: When,
): Stored {
  const findings: Finding[] = [];
  const keys: Finding[] = [];
  const damaged = [
    ...unread.map((path) => damage(path, `${path} cannot be read as a certificate.`, RESTORE)),
    ...lost.map((path) => damage(path, `${path} is gone, and stood in the index.`, RESTORE)),
  ];
  const inForce = entries.filter(
    ({ place, serial }) => place === 'current' && !revoked.has(serial),
  );
  for (const entry of inForce) {
    try {
      const certificate = readStoredCertificate(host, folder, entry);
      keys.push(...judgeKey(host, folder, { entry, certificate }));
      findings.push(...judgeWithin(certificate, { ...when, subject: entry.name }));
    } catch (error) {
      if (!isDockerctlError(error) || isOverdue(error)) throw error;
      damaged.push(damage(entry.name, error.message, error.hint));
    }
  }
  return { checked: unread.length + lost.length + inForce.length, damaged, keys, findings };
}

const RESTORE = 'restore it from a backup, or issue it anew';

const damage = (subject: string, message: string, hint: string): Finding => ({
  ...{ code: 'certificate-damaged', severity: 'error', subject, message, hint },
});

/** A list past its date makes careful clients refuse everything. */
function judgeCrl({ crl, crlIsLost }: Authority, now: number): Finding[] {
  if (crlIsLost) return [CRL_LOST];
  if (crl === null) return [];
  const left = crl.nextUpdate - now;
  if (left > (crl.nextUpdate - crl.thisUpdate) / 3) return [];
  return [
    {
      code: 'crl-due',
      severity: left < 0 ? 'error' : 'warning',
      subject: 'crl',
      message: `the revocation list ${left < 0 ? 'expired' : 'expires'} on ${utcDay(crl.nextUpdate)}; clients that check it then refuse every certificate.`,
      hint: 'dockerctl certs crl',
    },
  ];
}

const CRL_LOST: Finding = {
  ...{ code: 'crl-lost', severity: 'error', subject: 'crl' },
  message:
    'the revocation list is missing or damaged; what was revoked is known from the index, but not to clients.',
  hint: 'dockerctl certs crl',
};
