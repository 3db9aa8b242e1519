import { createPublicKey } from 'node:crypto';
import { cursor, enter, read, take, type Cursor } from '../der/cursor.js';
import { TAG } from '../der/tags.js';
import { bigOf, bitsOf, isShortest, oidOf, rightAligned, smallOf } from '../der/values.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type Problem } from '../rules/refusal.js';
import { isNull, ML_DSA, readAlgorithm } from './algorithm.js';

/** What Go knows of a key. `unknown` parses (Ed448, RSASSA-PSS), and can neither sign nor serve. */
export type PublicKey =
  | {
      readonly kind: 'RSA';
      readonly modulus: bigint;
      readonly exponent: bigint;
      readonly bits: number;
    }
  /** `size` of a coordinate in octets: 28, 32, 48 or 66. */
  | { readonly kind: 'ECDSA'; readonly size: number }
  | { readonly kind: 'Ed25519' | 'ML-DSA' | 'DSA' }
  | { readonly kind: 'unknown'; readonly oid: string };

const MALFORMED: Problem = ['key-malformed', 'its public key is malformed'];

/** parser.go parsePublicKey. `spki` is the whole SubjectPublicKeyInfo. */
export function readPublicKey(spki: Buffer, rules: GoRules): PublicKey {
  const from = enter(cursor(spki), TAG.sequence, MALFORMED);
  const algorithm = enter(from, TAG.sequence, MALFORMED);
  const { oid, parameters } = readAlgorithm(algorithm, rules, MALFORMED);
  const key = rightAligned(bitsOf(read(from, TAG.bits)?.content) ?? refuse(MALFORMED));
  switch (oid) {
    case '1.2.840.113549.1.1.1':
      return readRsa(key, parameters);
    case '1.2.840.10045.2.1':
      return readEcdsa(key, parameters, { spki, rules });
    case '1.3.101.112':
      if (parameters.length > 0 || key.length !== ED25519_OCTETS) refuse(MALFORMED);
      return { kind: 'Ed25519' };
    case '1.2.840.10040.4.1':
      return readDsa(key, parameters);
    default:
      if (!rules.mlDsa || !(oid in ML_DSA)) return { kind: 'unknown', oid };
      if (parameters.length > 0 || key.length !== ML_DSA[oid]) refuse(MALFORMED);
      return { kind: 'ML-DSA' };
  }
}

const ED25519_OCTETS = 32;

function readRsa(key: Buffer, parameters: Buffer): PublicKey {
  if (!isNull(parameters))
    refuse(['key-malformed', 'its RSA key lacks the NULL parameters of RFC 3279']);
  const from = enter(cursor(key), TAG.sequence, MALFORMED);
  const modulus = take(from, TAG.integer, MALFORMED);
  const exponent = smallOf(take(from, TAG.integer, MALFORMED)) ?? refuse(MALFORMED);
  const n = bigOf(modulus);
  if (!isShortest(modulus) || n <= 0n || exponent <= 0n) refuse(MALFORMED);
  return { kind: 'RSA', modulus: n, exponent, bits: bitsIn(modulus) };
}

/** Of a positive INTEGER in its shortest form. */
function bitsIn(integer: Buffer): number {
  const [first = 0, second = 0] = integer;
  return first === 0
    ? (integer.length - 2) * 8 + 32 - Math.clz32(second)
    : (integer.length - 1) * 8 + 32 - Math.clz32(first);
}

const CURVES: Readonly<Record<string, number>> = {
  '1.3.132.0.33': 28,
  '1.2.840.10045.3.1.7': 32,
  '1.3.132.0.34': 48,
  '1.3.132.0.35': 66,
};
const UNCOMPRESSED = 4;

interface Encoded {
  readonly spki: Buffer;
  readonly rules: GoRules;
}

function readEcdsa(key: Buffer, parameters: Buffer, { spki, rules }: Encoded): PublicKey {
  const named = read(cursor(parameters), TAG.oid);
  const curve = named === null ? null : oidOf(named.content, rules);
  const size = CURVES[curve ?? ''];
  if (size === undefined) {
    const what = curve ?? 'written out as numbers';
    return refuse(['curve-unsupported', `the curve of its key is ${what}`]);
  }
  if (key.length !== 1 + 2 * size || key[0] !== UNCOMPRESSED || !isOnCurve(spki))
    refuse(['curve-point-invalid', 'the point of its key is compressed, or not on the curve']);
  return { kind: 'ECDSA', size };
}

/** OpenSSL refuses a point that is not on its curve. */
function isOnCurve(spki: Buffer): boolean {
  try {
    createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return true;
  } catch {
    return false;
  }
}

function readDsa(key: Buffer, parameters: Buffer): PublicKey {
  const domain = enter(cursor(parameters), TAG.sequence, MALFORMED);
  const next = (from: Cursor) => take(from, TAG.integer, MALFORMED);
  const numbers = [next(cursor(key)), next(domain), next(domain), next(domain)];
  if (!numbers.every((number) => isShortest(number) && bigOf(number) > 0n)) refuse(MALFORMED);
  return { kind: 'DSA' };
}
