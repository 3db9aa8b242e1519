import type { GoCertificate } from '../parse/certificate.js';
import type { PublicKey } from '../parse/public-key.js';
import type { GoRules } from '../rules/generation.js';
import type { RefusalReason } from '../rules/refusal.js';

const P224_OCTETS = 28;
/** PSS with SHA-256 and a salt of its length (RFC 8017 9.1.1). */
const LEAST_PSS_BITS = 522;

const MOST_RSA_BITS = 8192;

/** For every certificate that a server sends (crypto/tls handshake_client.go checkKeySize). */
export function rsaSizeProblem(
  key: PublicKey,
  whose: string,
  { rsaAtMost8192 }: GoRules,
): RefusalReason | null {
  if (!rsaAtMost8192 || key.kind !== 'RSA' || key.bits <= MOST_RSA_BITS) return null;
  return [
    'rsa-too-large',
    `the RSA key of ${whose} has ${key.bits} bits, and dockerd takes ${MOST_RSA_BITS}`,
  ];
}

/** Whether TLS has a signature for the key (crypto/tls auth.go). */
export function tlsKindProblem(key: PublicKey, whose: string): RefusalReason | null {
  if (key.kind === 'unknown' || key.kind === 'DSA')
    return ['key-unsupported', `the key of ${whose} is of a kind that Go's TLS does not have`];
  if (key.kind === 'ECDSA' && key.size === P224_OCTETS)
    return ['curve-not-for-tls', `the key of ${whose} is on P-224, for which TLS has no signature`];
  if (key.kind === 'RSA' && key.bits < LEAST_PSS_BITS)
    return [
      'rsa-too-small-for-tls',
      `the RSA key of ${whose} has ${key.bits} bits, too few for TLS 1.3`,
    ];
  return null;
}

/**
 * Why TLS with this leaf does not come about though its chain is fine; null: it does. `server` is the library that the
 * server is built with: OpenSSL keeps back what Go does not offer (signature_algorithms_cert).
 */
export function tlsKeyProblem(
  { key, subject, algorithm, algorithmOid }: GoCertificate,
  rules: GoRules,
  server: 'go' | 'openssl',
): RefusalReason | null {
  const problem = tlsKindProblem(key, subject.text);
  const isOffered = algorithm !== null && algorithm.hash !== 'md5';
  if (problem !== null || !rules.offersCertificateAlgorithms || server === 'go' || isOffered)
    return problem;
  return [
    'signature-not-offered',
    `${subject.text} is signed in a way that dockerd does not offer (${algorithmOid}), so that a server built with OpenSSL keeps it back`,
  ];
}
