import type { GoCertificate } from '../parse/certificate.js';
import type { GoRules } from '../rules/generation.js';
import type { Problem } from '../rules/refusal.js';

const P224_OCTETS = 28;
/** PSS with SHA-256 and a salt of its length (RFC 8017 9.1.1). */
const LEAST_PSS_BITS = 522;

/**
 * Why TLS with this leaf does not come about though its chain is fine; null: it does (crypto/tls handshake_client_tls13.go,
 * auth.go). `server` is the library that the server is built with: OpenSSL keeps back what Go does not offer.
 */
export function tlsKeyProblem(
  leaf: GoCertificate,
  rules: GoRules,
  server: 'go' | 'openssl',
): Problem | null {
  const { key, subject, algorithm, algorithmOid } = leaf;
  if (key.kind === 'unknown' || key.kind === 'DSA')
    return [
      'key-unsupported',
      `the key of ${subject.text} is of a kind that Go's TLS does not have`,
    ];
  if (key.kind === 'ECDSA' && key.size === P224_OCTETS)
    return [
      'curve-not-for-tls',
      `the key of ${subject.text} is on P-224, for which TLS has no signature`,
    ];
  if (key.kind === 'RSA' && key.bits < LEAST_PSS_BITS)
    return [
      'rsa-too-small-for-tls',
      `the RSA key of ${subject.text} has ${key.bits} bits, too few for TLS 1.3`,
    ];
  const isOffered = algorithm !== null && algorithm.hash !== 'md5';
  if (rules.offersCertificateAlgorithms && server === 'openssl' && !isOffered)
    return [
      'signature-not-offered',
      `${subject.text} is signed in a way that dockerd does not offer (${algorithmOid}), so that a server built with OpenSSL keeps it back`,
    ];
  return null;
}
