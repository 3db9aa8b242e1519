import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Finding } from '../../plan/finding.js';
import { printable } from '../../text/printable.js';
import { outside } from '../x509/constraints.js';
import { formatName } from '../x509/names.js';
import { isIssuedBy, isSelfIssued, type Certificate } from '../x509/read-certificate.js';
import { formatSubject } from '../x509/subject.js';

export interface ChainQuestion {
  readonly leaf: Certificate;
  /** What came with it, in any order. */
  readonly others: readonly Certificate[];
  /** Trusted by themselves. */
  readonly anchors: readonly Certificate[];
  /** The name a client would connect to; null asks about none. */
  readonly host: string | null;
  /** How findings call it. */
  readonly subject: string;
}

/** What keeps a client that trusts `anchors` from accepting the leaf for `host`. Dates are `judge`'s business. */
export function verifyChain(question: ChainQuestion): Finding[] {
  const { subject, host, leaf } = question;
  const problem = (code: string, message: string, hint: string): Finding => ({
    ...{ code, severity: 'error', subject, message, hint },
  });
  const findings: Finding[] = [];
  if (host !== null && !covers(leaf, host)) {
    const names = leaf.names
      .map(formatName)
      .map((name) => printable(name))
      .join(', ');
    findings.push(
      problem(
        'certificate-wrong-host',
        `it does not cover ${printable(host)}, only ${names === '' ? 'nothing' : names}.`,
        `dockerctl certs issue --domain ${printable(host)}`,
      ),
    );
  }
  const chain = chainTo(question);
  if (chain === null) {
    findings.push(
      problem(
        'certificate-unknown-authority',
        `no chain leads from it to a trusted authority: it was signed by ${formatSubject(leaf.issuer)}.`,
        '--ca FILE with the certificate of that authority, and the intermediates behind the certificate in its file',
      ),
    );
  }
  for (const [below, authority] of (chain ?? []).slice(1).entries()) {
    if (authority.pathLength !== null && authority.pathLength < below) {
      findings.push(
        problem(
          'authority-path-length',
          `${formatSubject(authority.subject)} allows ${authority.pathLength} authorities between itself and a server, and there are ${below}.`,
          'an authority made for that: dockerctl certs init --intermediate',
        ),
      );
    }
    const strangers =
      authority.constraints === null ? [] : outside(leaf.names, authority.constraints);
    for (const stranger of strangers) {
      findings.push(
        problem(
          'certificate-outside-constraints',
          `${formatSubject(authority.subject)} may not sign for ${printable(formatName(stranger))}.`,
          'an authority without that constraint, or another name',
        ),
      );
    }
  }
  return findings;
}

/** From the leaf to an anchor, or null. */
export function chainTo({ leaf, others, anchors }: ChainQuestion): Certificate[] | null {
  const chain = [leaf];
  while (chain.length <= others.length + 1) {
    const last = chain.at(-1) ?? leaf;
    if (anchors.some((anchor) => anchor.fingerprint === last.fingerprint)) return chain;
    const anchor = anchors.find((one) => signed(last, one));
    if (anchor !== undefined) return [...chain, anchor];
    const next = others.find((one) => !chain.includes(one) && signed(last, one));
    if (next === undefined || isSelfIssued(last)) return null;
    chain.push(next);
  }
  return null;
}

const signed = (certificate: Certificate, issuer: Certificate): boolean =>
  issuer.isAuthority &&
  certificate.issuerDer.equals(issuer.subjectDer) &&
  isIssuedBy(certificate, issuer);

export function covers({ der }: Certificate, host: string): boolean {
  const x509 = new X509Certificate(der);
  return (
    (isIP(host) === 0 ? x509.checkHost(host, { subject: 'never' }) : x509.checkIP(host)) !==
    undefined
  );
}
