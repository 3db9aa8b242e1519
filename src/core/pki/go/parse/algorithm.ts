import { cursor, enter, isAtEnd, isNext, readAny, take, type Cursor } from '../der/cursor.js';
import { explicitTag, TAG } from '../../asn1/tags.js';
import { oidOf, smallOf } from '../der/values.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, refusalOf, type RefusalReason } from '../rules/refusal.js';

export interface AlgorithmId {
  readonly oid: string;
  /** DER; empty where there are none. */
  readonly parameters: Buffer;
}

/** A signature that Go knows how to check, or knows and refuses (MD5, SHA-1). */
export interface SignatureAlgorithm {
  readonly key: 'RSA' | 'ECDSA' | 'Ed25519' | 'ML-DSA';
  /** As node:crypto calls it; null for those that have none of their own. */
  readonly hash: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | null;
  readonly pss: boolean;
}

/** The rest of `from` as an AlgorithmIdentifier. */
export function readAlgorithm(from: Cursor, rules: GoRules, problem: RefusalReason): AlgorithmId {
  const oid = oidOf(take(from, TAG.oid, problem), rules) ?? refuse(problem);
  const parameters = isAtEnd(from) ? Buffer.of() : (readAny(from) ?? refuse(problem)).whole;
  return { oid, parameters };
}

const NULL = Buffer.of(5, 0);
export const isNull = (parameters: Buffer): boolean => parameters.equals(NULL);

const known = (key: SignatureAlgorithm['key'], hash: SignatureAlgorithm['hash']) =>
  ({ key, hash, pss: false }) as const;

/** crypto/x509/x509.go signatureAlgorithmDetails. SHA-224, and all of DSA, are not among them. */
const SIGNATURES: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.4': known('RSA', 'md5'),
  '1.2.840.113549.1.1.5': known('RSA', 'sha1'),
  '1.3.14.3.2.29': known('RSA', 'sha1'),
  '1.2.840.113549.1.1.11': known('RSA', 'sha256'),
  '1.2.840.113549.1.1.12': known('RSA', 'sha384'),
  '1.2.840.113549.1.1.13': known('RSA', 'sha512'),
  '1.2.840.10045.4.1': known('ECDSA', 'sha1'),
  '1.2.840.10045.4.3.2': known('ECDSA', 'sha256'),
  '1.2.840.10045.4.3.3': known('ECDSA', 'sha384'),
  '1.2.840.10045.4.3.4': known('ECDSA', 'sha512'),
};
const ED25519 = '1.3.101.112';
const PSS = '1.2.840.113549.1.1.10';

/** FIPS 204, with the octets of their public keys. */
export const ML_DSA: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.3.17': 1312,
  '2.16.840.1.101.3.4.3.18': 1952,
  '2.16.840.1.101.3.4.3.19': 2592,
};

/** null: none that Go knows, which is no error before it has to be checked. */
export function signatureAlgorithm(
  { oid, parameters }: AlgorithmId,
  rules: GoRules,
): SignatureAlgorithm | null {
  if (oid === PSS) return pss(parameters, rules);
  if (oid === ED25519) return parameters.length === 0 ? known('Ed25519', null) : null;
  if (rules.mlDsa && oid in ML_DSA) return parameters.length === 0 ? known('ML-DSA', null) : null;
  return SIGNATURES[oid] ?? null;
}

const PSS_HASHES: Readonly<Record<string, readonly ['sha256' | 'sha384' | 'sha512', bigint]>> = {
  '2.16.840.1.101.3.4.2.1': ['sha256', 32n],
  '2.16.840.1.101.3.4.2.2': ['sha384', 48n],
  '2.16.840.1.101.3.4.2.3': ['sha512', 64n],
};
const MGF1 = '1.2.840.113549.1.1.8';
const NO_PSS: RefusalReason = ['signature-unsupported', 'RSASSA-PSS parameters'];

/** RFC 4055 3.1, all written out: one hash for both, and a salt of its length (x509.go getSignatureAlgorithmFromAI). */
function pss(parameters: Buffer, rules: GoRules): SignatureAlgorithm | null {
  try {
    const from = enter(cursor(parameters), TAG.sequence, NO_PSS);
    const inner = (tag: number) => enter(enter(from, tag, NO_PSS), TAG.sequence, NO_PSS);
    const number = (tag: number) =>
      smallOf(take(enter(from, tag, NO_PSS), TAG.integer, NO_PSS)) ?? refuse(NO_PSS);
    const hash = readAlgorithm(inner(explicitTag(0)), rules, NO_PSS);
    const mask = readAlgorithm(inner(explicitTag(1)), rules, NO_PSS);
    const maskHash = readAlgorithm(
      enter(cursor(mask.parameters), TAG.sequence, NO_PSS),
      rules,
      NO_PSS,
    );
    const salt = number(explicitTag(2));
    const trailer = isNext(from, explicitTag(3)) ? number(explicitTag(3)) : 1n;
    const [name, length] = PSS_HASHES[hash.oid] ?? refuse(NO_PSS);
    const plain = [hash, maskHash].every(
      ({ oid, parameters: none }) => oid === hash.oid && (none.length === 0 || isNull(none)),
    );
    const fits = plain && mask.oid === MGF1 && trailer === 1n && salt === length;
    return fits ? { key: 'RSA', hash: name, pss: true } : null;
  } catch (error) {
    refusalOf(error);
    return null;
  }
}
