import type { X509Certificate } from 'node:crypto';
import { DockerctlError } from '../../../errors.js';
import { issueCommand } from '../../pki/authority/issue-command.js';
import { isAuthority, isSelfIssued, nameOf, toPem } from '../material/certificates.js';
import { utcDay } from '../../text/utc-time.js';

/** One certificate of a chain, for people who compare. */
export interface Link {
  readonly subject: string;
  readonly issuer: string;
  readonly from: string;
  readonly until: string;
  /** Upper-case hex with colons, as openssl x509 -fingerprint -sha256 prints it. */
  readonly sha256: string;
  readonly authority: boolean;
}

export function describeChain(chain: readonly X509Certificate[]): Link[] {
  return chain.map((one) => ({
    subject: nameOf(one.subject),
    issuer: nameOf(one.issuer),
    from: utcDay(one.validFrom),
    until: utcDay(one.validTo),
    sha256: one.fingerprint256,
    authority: isAuthority(one),
  }));
}

/**
 * The certificate to trust: the highest authority of the chain, never the server's own.
 * Throws `invalid-certificate` where the server shows no authority.
 */
export function pickAuthority(
  chain: readonly X509Certificate[],
  registry: string,
): X509Certificate {
  const authorities = chain.filter(isAuthority);
  const picked = authorities.find(isSelfIssued) ?? authorities.at(-1);
  if (picked !== undefined) return picked;
  throw noneShown(chain[0] ?? null, registry);
}

function noneShown(leaf: X509Certificate | null, registry: string): DockerctlError {
  const issuer = nameOf(leaf?.issuer ?? '');
  const alone =
    leaf === null ? 'no certificate' : `only its own certificate (${nameOf(leaf.subject)})`;
  const [why, hint] =
    leaf !== null && isSelfIssued(leaf)
      ? [
          'which signed itself: when it is renewed, whoever trusted it would refuse it',
          `on the registry's own machine, make an authority and a certificate from it: ${issueCommand(registry)} --init`,
        ]
      : [
          `not that of its authority ${issuer}, and does not say where to get it`,
          `ask for the CA certificate of ${issuer}, and use --ca FILE`,
        ];
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${registry} shows ${alone}, ${why}.`,
    hint,
  });
}

/** Whether an operator's fingerprint is that of a certificate: hex in any case, with colons, spaces, or `SHA256:`. */
export function matchesFingerprint(certificate: X509Certificate, typed: string): boolean {
  return plainFingerprint(certificate.fingerprint256) === plainFingerprint(typed);
}

/** Throws `invalid-value` for what cannot be a SHA-256 fingerprint. */
export function checkFingerprint(typed: string): void {
  if (/^[0-9a-f]{64}$/.test(plainFingerprint(typed))) return;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `--fingerprint ${typed.slice(0, 120)}: a SHA-256 fingerprint has 64 hexadecimal digits.`,
    hint: 'on the machine of the CA: `openssl x509 -noout -fingerprint -sha256 -in ca.crt`',
  });
}

export function fingerprintMismatch(certificate: X509Certificate, typed: string): DockerctlError {
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `The fingerprint is not the expected one. Expected ${typed}; ${nameOf(certificate.subject)} has ${certificate.fingerprint256}. Either the CA was renewed, or somebody sits in between.`,
    hint: 'compare on the machine of the CA: `openssl x509 -noout -fingerprint -sha256 -in ca.crt`',
  });
}

/** http addresses where the issuer's certificate can be had (AIA, caIssuers). */
export function issuerAddresses(certificate: X509Certificate): string[] {
  const access: string | undefined = certificate.infoAccess;
  return [...(access ?? '').matchAll(/CA Issuers - URI:(http:\/\/[^\s]+)/g)]
    .map(([, url = '']) => url)
    .filter((url) => URL.canParse(url));
}

export function pemOf(certificate: X509Certificate): string {
  return toPem([certificate]);
}

/** Lower-case hex. */
export function plainFingerprint(fingerprint: string): string {
  return fingerprint
    .replace(/^sha-?256[:=\s]*(?:fingerprint=)?/i, '')
    .replace(/[^0-9a-z]/gi, '')
    .toLowerCase();
}
