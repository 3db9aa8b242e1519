import type { X509Certificate } from 'node:crypto';
import { DockerctlError } from '../../../errors.js';
import {
  isAuthority,
  isExpired,
  isSelfIssued,
  nameOf,
  readCertificates,
  toPem,
  withoutRepeats,
} from './certificates.js';
import { isSha1Signed } from '../../pki/x509/x509.js';
import { utcDay } from '../../text/utc-time.js';

/** A file as the operator named it. */
export interface GivenCertificates {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Authorities {
  /** PEM, one after the other. */
  readonly pem: string;
  readonly notes: readonly string[];
}

/**
 * The authorities among the certificates of a file; leaves and expired ones are left out with a note.
 * Throws `invalid-certificate` where none remains: a leaf in ca.crt stops being trusted at its renewal, garbage breaks
 * every pull on the containerd reader. `now` in milliseconds since 1970.
 */
export function readAuthorities({ name, bytes }: GivenCertificates, now: number): Authorities {
  const all = withoutRepeats(readCertificates(bytes, name));
  const authorities = all.filter(isAuthority);
  if (authorities.length === 0) throw noAuthority(name, all);
  const valid = authorities.filter((certificate) => !isExpired(certificate, now));
  if (valid.length === 0) throw allExpired(name, authorities);
  const notes = all
    .filter((certificate) => !valid.includes(certificate))
    .map((certificate) => `left out of ${name}: ${whyNot(certificate)}`);
  if (!valid.some(isSelfIssued)) {
    notes.push(
      `${name} holds no root: dockerd takes an intermediate as an anchor, programs on OpenSSL do not`,
    );
  }
  return {
    pem: toPem(valid),
    notes: [...notes, ...valid.flatMap((certificate) => weaknesses(certificate, now))],
  };
}

function whyNot(certificate: X509Certificate): string {
  const name = nameOf(certificate.subject);
  return isAuthority(certificate)
    ? `${name}, which expired on ${utcDay(certificate.validTo)}`
    : `${name}, a server's certificate and not an authority's`;
}

function weaknesses(certificate: X509Certificate, now: number): string[] {
  const name = nameOf(certificate.subject);
  const bits = certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? Infinity;
  const notes: string[] = [];
  if (isSha1Signed(certificate)) {
    notes.push(
      `${name} is signed with SHA-1: as an anchor it works, what it signs with SHA-1 is refused; plan its replacement`,
    );
  }
  if (bits < 2048) notes.push(`${name} has an RSA key of only ${bits} bits`);
  if (Date.parse(certificate.validFrom) > now) {
    notes.push(
      `${name} is valid only from ${utcDay(certificate.validFrom)}: is the clock of this machine right?`,
    );
  }
  return notes;
}

function noAuthority(name: string, certificates: readonly X509Certificate[]): DockerctlError {
  const [first] = certificates;
  const issuer = nameOf(first?.issuer ?? '');
  const ownIssuer = first !== undefined && isSelfIssued(first);
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${name} holds no certificate authority: ${nameOf(first?.subject ?? '')} is ${
      ownIssuer
        ? 'a server certificate that signed itself (it lacks basicConstraints CA:TRUE)'
        : `a server's certificate, signed by ${issuer}`
    }. As a CA it would be of use until its renewal at most.`,
    hint: ownIssuer
      ? 'make an authority, and a certificate from it: `dockerctl certs init`, then `dockerctl certs issue --domain HOST`'
      : `get the certificate of ${issuer}, or let it be fetched: \`dockerctl trust add-registry REGISTRY --fetch\``,
  });
}

function allExpired(name: string, authorities: readonly X509Certificate[]): DockerctlError {
  const [first] = authorities;
  return new DockerctlError({
    code: 'invalid-certificate',
    message: `${name} is of no use: ${nameOf(first?.subject ?? '')} expired on ${utcDay(first?.validTo ?? '')}, and every client refuses what it signed.`,
    hint: 'get the renewed CA certificate; if this one should be valid, look at the clock: `timedatectl`',
  });
}
