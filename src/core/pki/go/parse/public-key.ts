import { createPublicKey, type KeyObject } from 'node:crypto';
import { cursor, enter, read, take, type Cursor } from '../der/cursor.js';
import { TAG } from '../../asn1/tags.js';
import { bigOf, bitsOf, isShortest, oidOf, rightAligned, smallOf } from '../der/values.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';
import { isNull, ML_DSA, readAlgorithm } from './algorithm.js';
import { CURVES, isPoint } from './curve.js';

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

const MALFORMED: RefusalReason = ['key-malformed', 'its public key is malformed'];

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
      return readEcdsa(key, parameters, rules);
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

function readEcdsa(key: Buffer, parameters: Buffer, rules: GoRules): PublicKey {
  const named = read(cursor(parameters), TAG.oid);
  const oid = named === null ? null : oidOf(named.content, rules);
  const curve = CURVES[oid ?? ''];
  if (curve === undefined)
    return refuse([
      'curve-unsupported',
      `the curve of its key is ${oid ?? 'written out as numbers'}`,
    ]);
  if (!isPoint(key, curve))
    refuse(['curve-point-invalid', 'the point of its key is compressed, or not on the curve']);
  return { kind: 'ECDSA', size: curve.size };
}

const keys = new WeakMap<Buffer, KeyObject>();

/** A key as OpenSSL decodes it, which takes it as long as to check a signature; null: it does not. */
export function keyOf(spki: Buffer): KeyObject | null {
  const known = keys.get(spki);
  if (known !== undefined) return known;
  try {
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    keys.set(spki, key);
    return key;
  } catch {
    return null;
  }
}

function readDsa(key: Buffer, parameters: Buffer): PublicKey {
  const domain = enter(cursor(parameters), TAG.sequence, MALFORMED);
  const next = (from: Cursor) => take(from, TAG.integer, MALFORMED);
  const numbers = [next(cursor(key)), next(domain), next(domain), next(domain)];
  if (!numbers.every((number) => isShortest(number) && bigOf(number) > 0n)) refuse(MALFORMED);
  return { kind: 'DSA' };
}
