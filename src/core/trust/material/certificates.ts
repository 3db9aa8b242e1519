import type { X509Certificate } from 'node:crypto';
import { printable } from '../../text/printable.js';
import { pemCertificates } from '../../pki/go/der/pem.js';
import { rulesOf } from '../../pki/go/rules/generation.js';
import { givenCertificates } from '../../pki/given/given-certificates.js';
import { damaged, noCertificate } from '../../pki/given/refusals.js';
import { CUT_OFF } from '../../pki/x509/read-certificate.js';
import { pemBlocks } from '../../pki/keys/pem.js';
import { decodeX509, isVersion1 } from '../../pki/x509/x509.js';

/** Far above any real bundle (Mozilla's 140 roots are 220 kB), far below what would hurt to parse. */
const MAX_BUNDLE_BYTES = 4 * 1024 * 1024;

const CERTIFICATE_LABELS = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE']);
const DER_SEQUENCE = 0x30;

/**
 * The certificates of a file, in its order, in whatever wrapping people paste (pki/given).
 * Throws `invalid-certificate` naming `source`: nothing in it, a private key in it, or one that cannot be decoded.
 */
export function readCertificates(given: Uint8Array, source: string): X509Certificate[] {
  if (given.length > MAX_BUNDLE_BYTES) {
    throw noCertificate(source, `has ${given.length} bytes, which no certificate file has`);
  }
  return givenCertificates(given, source).map((one) => {
    try {
      return decodeX509(one.der);
    } catch {
      throw damaged(source, one, CUT_OFF);
    }
  });
}

/** Every certificate of a file that can be read, in PEM of any label or one in DER; all else in it is passed over. */
export function parseCertificates(bytes: Uint8Array | null): X509Certificate[] {
  if (bytes === null || bytes.length > MAX_BUNDLE_BYTES) return [];
  return once(PARSED, bytes, parse);
}

function parse(bytes: Uint8Array): X509Certificate[] {
  if (bytes[0] === DER_SEQUENCE) return decodable([bytes]);
  return decodable(
    pemBlocks(Buffer.from(bytes).toString('latin1'))
      .filter(({ label }) => CERTIFICATE_LABELS.has(label))
      .map(({ text }) => plainLabel(text)),
  );
}

/**
 * Those of them that dockerd, containerd and podman see (Go crypto/x509 AppendCertsFromPEM): under the label CERTIFICATE
 * alone, without headers, in what Go takes for PEM. What lies beside them, a private key say, does not matter.
 */
export function certificatesForGo(bytes: Uint8Array | null): X509Certificate[] {
  if (bytes === null) return [];
  return once(FOR_GO, bytes, (all) =>
    decodable(pemCertificates(Buffer.from(all).toString('latin1'), NEWEST)),
  );
}

/** By the object that the bytes are: the same file is looked at by many rules, and one CA lies in many folders. */
type Decoded = WeakMap<Uint8Array, readonly X509Certificate[]>;
const PARSED: Decoded = new WeakMap();
const FOR_GO: Decoded = new WeakMap();

function once(
  known: Decoded,
  bytes: Uint8Array,
  decodeAll: (bytes: Uint8Array) => X509Certificate[],
): X509Certificate[] {
  const certificates = known.get(bytes) ?? decodeAll(bytes);
  known.set(bytes, certificates);
  return [...certificates];
}

const NEWEST = rulesOf('1.27');

export function holdsPrivateKey(bytes: Uint8Array | null): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(Buffer.from(bytes ?? []).toString('latin1'));
}

/** Go takes as an authority: CA:TRUE, or version 1, which has no extensions (crypto/x509, CheckSignatureFrom). */
export function isAuthority(certificate: X509Certificate): boolean {
  return certificate.ca || (isVersion1(certificate) && isSelfIssued(certificate));
}

/** Signed by its own key: one name for a server and its authority, as the Harbor guide has it, makes no root of the server. */
export function isSelfIssued(certificate: X509Certificate): boolean {
  if (certificate.subject !== certificate.issuer) return false;
  try {
    return certificate.verify(certificate.publicKey);
  } catch {
    // A key or algorithm that this Node does not know: the names have to do.
    return true;
  }
}

/** `now` in milliseconds since 1970. */
export function isExpired(certificate: X509Certificate, now: number): boolean {
  return Date.parse(certificate.validTo) < now;
}

/**
 * A subject or issuer (untrusted text) on one line: `CN=Example CA, O=Example`. Whatever its types say, Node has neither
 * text nor '' for a name without parts, which RFC 5280 4.1.2.6 allows.
 */
export function nameOf(distinguishedName: string | null | undefined): string {
  return printable(distinguishedName?.split('\n').join(', ') ?? '(no name)');
}

export function toPem(certificates: readonly X509Certificate[]): string {
  return certificates.map((certificate) => certificate.toString()).join('');
}

/** The same certificate twice is one. */
export function withoutRepeats(certificates: readonly X509Certificate[]): X509Certificate[] {
  return [...new Map(certificates.map((one) => [one.fingerprint256, one])).values()];
}

function decodable(encoded: readonly (string | Uint8Array)[]): X509Certificate[] {
  return encoded.flatMap((one) => {
    try {
      return [decodeX509(one)];
    } catch {
      return [];
    }
  });
}

function plainLabel(pem: string): string {
  return pem.replace(/(X509|TRUSTED) CERT/g, 'CERT');
}
