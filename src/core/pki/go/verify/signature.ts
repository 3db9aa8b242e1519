import { constants, verify } from 'node:crypto';
import { keyOf, type PublicKey } from '../parse/public-key.js';
import type { GoCertificate } from '../parse/certificate.js';
import type { GoRules } from '../rules/generation.js';
import type { RefusalReason } from '../rules/refusal.js';

const KEY_CERT_SIGN = 1 << 5;

/** Why `parent` did not sign `child`; null: it did (x509.go CheckSignatureFrom, checkSignature). */
export function signatureProblem(
  child: GoCertificate,
  parent: GoCertificate,
  rules: GoRules,
): RefusalReason | null {
  return (
    mayNotSign(parent) ?? algorithmProblem(child, parent) ?? checkSignature(child, parent, rules)
  );
}

/** Whether a certificate is an authority that may sign others, with a key that Go knows. */
export function mayNotSign({
  version,
  basicConstraints,
  keyUsage,
  key,
  subject,
}: GoCertificate): RefusalReason | null {
  // Version 1 and 2 have no extensions to say it with.
  const isAuthority = basicConstraints?.isAuthority ?? version !== 3;
  if (!isAuthority)
    return [
      'issuer-not-authority',
      `${subject.text} is no authority (basicConstraints lack CA:TRUE)`,
    ];
  if (keyUsage !== 0 && (keyUsage & KEY_CERT_SIGN) === 0)
    return ['issuer-may-not-sign', `the key usage of ${subject.text} lacks keyCertSign`];
  if (key.kind === 'unknown')
    return [
      'issuer-key-unsupported',
      `the key of ${subject.text} is of a kind that Go does not know (${key.oid})`,
    ];
  return null;
}

const WEAK: readonly (string | null)[] = ['md5', 'sha1'];
const WEAK_NAMES: Readonly<Record<string, string>> = { md5: 'MD5', sha1: 'SHA-1' };

function algorithmProblem(child: GoCertificate, parent: GoCertificate): RefusalReason | null {
  const { algorithm, algorithmOid, subject } = child;
  if (algorithm === null)
    return [
      'signature-unsupported',
      `${subject.text} is signed in a way that Go does not know (${algorithmOid})`,
    ];
  if (WEAK.includes(algorithm.hash))
    return [
      'weak-signature',
      `${subject.text} is signed with ${WEAK_NAMES[algorithm.hash ?? ''] ?? ''}`,
    ];
  return algorithm.key === parent.key.kind ? null : invalid(child, parent);
}

const invalid = (child: GoCertificate, parent: GoCertificate): RefusalReason => [
  'signature-invalid',
  `${child.subject.text} names ${parent.subject.text} as its authority, but another key signed it`,
];

function checkSignature(
  child: GoCertificate,
  parent: GoCertificate,
  rules: GoRules,
): RefusalReason | null {
  const { algorithm } = child;
  const { key } = parent;
  if (algorithm === null) return null;
  if (key.kind === 'ML-DSA')
    return [
      'signature-unsupported',
      `${child.subject.text} is signed with ML-DSA, which cannot be checked here`,
    ];
  const problem = key.kind === 'RSA' ? rsaProblem(key, parent.subject.text, rules) : null;
  if (problem !== null) return problem;
  const keyObject = keyOf(parent.spki);
  if (keyObject === null) return invalid(child, parent);
  const options = key.kind === 'RSA' ? { key: keyObject, ...padding(algorithm.pss) } : keyObject;
  return remembered(child, parent, () => isSigned(child, options)) ? null : invalid(child, parent);
}

const answers = new WeakMap<GoCertificate, Map<string, boolean>>();

/** A search comes by the same two on many paths, and by many authorities of one key. */
function remembered(child: GoCertificate, parent: GoCertificate, check: () => boolean): boolean {
  const known = answers.get(child) ?? new Map<string, boolean>();
  answers.set(child, known);
  const key = parent.spki.toString('latin1');
  const answer = known.get(key) ?? check();
  known.set(key, answer);
  return answer;
}

const padding = (pss: boolean) =>
  pss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : { padding: constants.RSA_PKCS1_PADDING };

function isSigned(child: GoCertificate, key: Parameters<typeof verify>[2]): boolean {
  try {
    return verify(child.algorithm?.hash ?? null, child.signed, key, child.signature);
  } catch {
    return false;
  }
}

const LARGEST_EXPONENT = 2n ** 31n - 1n;

/** crypto/rsa checkPublicKeySize, checkKeySize of GODEBUG rsa1024min. */
function rsaProblem(
  { modulus, exponent, bits }: Extract<PublicKey, { kind: 'RSA' }>,
  name: string,
  rules: GoRules,
): RefusalReason | null {
  const isOdd = modulus % 2n !== 0n && exponent % 2n !== 0n;
  if (rules.rsaChecked && (exponent < 2n || exponent > LARGEST_EXPONENT || !isOdd))
    return [
      'rsa-key-refused',
      `the RSA key of ${name} has an exponent or a modulus that Go refuses`,
    ];
  if (rules.rsaAtLeast1024 && bits < 1024)
    return ['rsa-too-small', `the RSA key of ${name} has ${bits} bits`];
  return null;
}
