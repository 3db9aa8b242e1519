import { join } from 'node:path';
import { sortFindings, type Finding } from '../core/finding.js';
import { certificateFile } from '../core/pki/entry.js';
import { judge, judgeExpiry } from '../core/pki/judgement.js';
import { readCertificates, type Certificate } from '../core/pki/read-certificate.js';
import { dayOf } from '../core/pki/validity.js';
import type { Host } from '../host/host.js';
import { openAuthority, type Authority } from './authority.js';

/** Judges every certificate of an authority that is in force. Throws `not-found` where there is no authority. */
export function checkAuthority(
  host: Host,
  { folder, withinMs }: { readonly folder: string; readonly withinMs: number },
): { readonly checked: number; readonly findings: readonly Finding[] } {
  const authority = openAuthority(host, folder);
  const when = { now: host.clock.now(), withinMs };
  const { root, issuer } = authority;
  const authorities = [...new Set([root, issuer])].map((certificate) => ({
    subject: certificate === root ? 'ca' : 'intermediate',
    certificate,
  }));
  const all = [...authorities, ...inForce(host, authority)];
  const findings = all.flatMap(({ subject, certificate }) => [
    ...judge(certificate, { subject, now: when.now }),
    ...judgeExpiry(certificate, { subject, ...when }),
  ]);
  return {
    checked: all.length,
    findings: sortFindings([...findings, ...judgeCrl(authority, when.now)]),
  };
}

interface Named {
  readonly subject: string;
  readonly certificate: Certificate;
}

function inForce(host: Host, { folder, entries, revoked }: Authority): Named[] {
  return entries
    .filter(({ place, serial }) => place === 'current' && !revoked.has(serial))
    .flatMap((entry) => {
      const path = join(folder, certificateFile(entry));
      const [certificate] = readCertificates(host.fs.read(path), path);
      return certificate === undefined ? [] : [{ subject: entry.name, certificate }];
    });
}

/** A list past its date makes careful clients refuse everything. */
function judgeCrl({ crl }: Authority, now: number): Finding[] {
  if (crl === null) return [];
  const left = crl.nextUpdate - now;
  if (left > (crl.nextUpdate - crl.thisUpdate) / 3) return [];
  return [
    {
      code: 'crl-due',
      severity: left < 0 ? 'error' : 'warning',
      subject: 'crl',
      message: `the revocation list ${left < 0 ? 'expired' : 'expires'} on ${dayOf(crl.nextUpdate)}; clients that check it then refuse every certificate.`,
      hint: 'dockerctl certs crl',
    },
  ];
}
