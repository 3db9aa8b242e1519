import { join } from 'node:path';
import { parseDuration } from '../../core/duration.js';
import { sortFindings, type Finding } from '../../core/finding.js';
import { certificateFile } from '../../core/pki/entry.js';
import { judge, judgeExpiry } from '../../core/pki/judgement.js';
import { readCertificates, type Certificate } from '../../core/pki/read-certificate.js';
import { dayOf } from '../../core/pki/validity.js';
import type { Host } from '../../host/host.js';
import { openAuthority, type Authority } from '../../system/authority.js';
import { PKI_OPTION, pkiFolder } from '../certs-options.js';
import { countFindings, renderFindings } from '../findings-text.js';
import { defineCommand, type Style } from '../command.js';

export interface CheckAnswer {
  readonly checked: number;
  readonly findings: readonly (Finding & { readonly fixable: boolean })[];
}

export const command = defineCommand({
  summary: 'Say what expires soon, or would be refused by strict clients',
  args: [],
  options: {
    within: { type: 'string', default: '30d', placeholder: 'TIME', describe: 'how soon is soon' },
    ...PKI_OPTION,
  },
  examples: ['certs check --within 14d'],
  run({ host, ...context }, { options }): Promise<CheckAnswer> {
    const authority = openAuthority(host, pkiFolder({ host, ...context }, options.pki));
    const when = { now: host.clock.now(), withinMs: parseDuration(options.within, 'd') };
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
    const sorted = sortFindings([...findings, ...judgeCrl(authority, when.now)]);
    const listed = sorted.map((finding) => ({ ...finding, fixable: false }));
    return Promise.resolve({ checked: all.length, findings: listed });
  },
  render: ({ checked, findings }, style: Style) =>
    findings.length === 0
      ? `${style.green('Good')}: ${checked} certificates, nothing is due.`
      : `${renderFindings(findings, style)}\n${countFindings(findings)}`,
  status: ({ findings }) => (findings.length > 0 ? 1 : 0),
});

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
