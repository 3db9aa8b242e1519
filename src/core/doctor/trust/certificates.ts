import { parseFlags } from '../../dockerd/options/flags.js';
import type { Finding } from '../../plan/finding.js';
import { isExpired, nameOf, parseCertificates } from '../../trust/material/certificates.js';
import { bytesAt } from '../../plan/snapshot.js';
import { found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';
import { shellWord } from '../../text/shell-word.js';
import { utcDay } from '../../text/utc-time.js';

export const certificatesFamily: Family = {
  name: 'certificates',
  unseen: ({ stateHidden }) => stateHidden,
  ok: 'none of ours is due',
  find: (facts) => [...facts.certificates.map(withName), ...ofDaemon(facts)],
};

function withName(finding: Finding): Finding {
  const { subject, hint } = finding;
  return {
    ...finding,
    hint: hint.replace(/^(dockerctl certs renew) NAME$/, `$1 ${shellWord(subject)}`),
  };
}

/** The files of dockerd's own TLS, by flag or by key. */
export function daemonCertificates({
  observed,
  config,
}: Pick<DoctorFacts, 'observed' | 'config'>): string[] {
  const { flags } = parseFlags(observed.argv);
  return ['tlscacert', 'tlscert'].flatMap((key) => {
    const path = config?.[key] ?? flags.get(key)?.values.at(-1);
    return typeof path === 'string' && path.startsWith('/') ? [path] : [];
  });
}

function ofDaemon(facts: DoctorFacts): Finding[] {
  return [...new Set(daemonCertificates(facts))].flatMap((path) =>
    parseCertificates(bytesAt(facts.snapshot, path))
      .filter((one) => isExpired(one, facts.now))
      .map((one) => {
        const subject = nameOf(one.subject);
        return found('daemon-certificate-expired', {
          subject,
          path,
          message: `it expired on ${utcDay(one.validTo)}: clients refuse to talk to dockerd.`,
          hint: facts.certificates.some((ours) => subject.startsWith(`CN=${ours.subject}`))
            ? 'dockerctl certs renew --due'
            : `put a new one from ${nameOf(one.issuer)} there, and: \`dockerctl daemon restart\``,
        });
      }),
  );
}
