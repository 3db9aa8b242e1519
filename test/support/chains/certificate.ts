import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import {
  bits,
  day,
  int,
  NULL,
  octets,
  oid,
  seq,
  time,
  tlv,
  TRUE,
  intAs,
  latin1,
  type Bytes,
} from './der.js';

export interface Key {
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo. */
  readonly spki: Buffer;
  readonly algorithm: Buffer;
  /** A key identifier that fits. */
  readonly id: Buffer;
}

export const ALGORITHM = {
  ecdsaSha256: seq(oid('1.2.840.10045.4.3.2')),
  ecdsaSha1: seq(oid('1.2.840.10045.4.1')),
  rsaSha256: seq(oid('1.2.840.113549.1.1.11'), NULL),
  rsaSha224: seq(oid('1.2.840.113549.1.1.14'), NULL),
  rsaSha1: seq(oid('1.2.840.113549.1.1.5'), NULL),
  rsaMd5: seq(oid('1.2.840.113549.1.1.4'), NULL),
  ed25519: seq(oid('1.3.101.112')),
} as const;

function keyOf(
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  algorithm: Buffer,
): Key {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, spki, algorithm, id: createHash('sha1').update(spki).digest() };
}

export const ecKey = (namedCurve = 'P-256'): Key =>
  keyOf(generateKeyPairSync('ec', { namedCurve }), ALGORITHM.ecdsaSha256);
export const rsaKey = (modulusLength = 2048): Key =>
  keyOf(generateKeyPairSync('rsa', { modulusLength }), ALGORITHM.rsaSha256);
export const ed25519Key = (): Key => keyOf(generateKeyPairSync('ed25519'), ALGORITHM.ed25519);
/** It cannot sign with the digests above; certificates carry it. */
export const otherKey = (type: 'ed448' | 'rsa-pss' | 'dsa'): Key =>
  keyOf(
    type === 'ed448'
      ? generateKeyPairSync('ed448')
      : type === 'dsa'
        ? generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
        : generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
    seq(oid('1.3.101.113')),
  );

export interface CertificateWish {
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly key: Pick<Key, 'spki'>;
  readonly signer: Key;
  /** 0 to 2; default 2, which is version 3. */
  readonly version?: number;
  /** Encoded; default random. */
  readonly serial?: Uint8Array;
  readonly algorithm?: Buffer;
  /** What stands outside, where it is not the same. */
  readonly outerAlgorithm?: Buffer;
  readonly from?: Date;
  readonly until?: Date;
  readonly validity?: Buffer;
  /** Between the key and the extensions. */
  readonly uniqueIds?: readonly Uint8Array[];
  readonly extensions?: readonly Uint8Array[];
  readonly signature?: (key: KeyObject, signed: Buffer) => Buffer;
}

export function certificate(wish: CertificateWish): Buffer {
  const { version = 2, signer, extensions = [] } = wish;
  const algorithm = wish.algorithm ?? signer.algorithm;
  const signed = seq(
    version === 0 ? [] : tlv(0xa0, int(version)),
    wish.serial ?? int(BigInt(`0x4${randomBytes(15).toString('hex')}`)),
    algorithm,
    wish.issuer,
    wish.validity ?? seq(time(wish.from ?? day(-2)), time(wish.until ?? day(300))),
    wish.subject,
    wish.key.spki,
    wish.uniqueIds ?? [],
    extensions.length === 0 ? [] : tlv(0xa3, seq(...extensions)),
  );
  const signature = (wish.signature ?? plainSignature)(signer.privateKey, signed);
  return seq(signed, wish.outerAlgorithm ?? algorithm, bits(signature));
}

const plainSignature = (key: KeyObject, signed: Buffer): Buffer =>
  sign(key.asymmetricKeyType?.startsWith('ed') === true ? null : 'sha256', signed, key);

// Extensions (RFC 5280 4.2).

export const extension = (id: string, value: Bytes, critical = false): Buffer =>
  seq(oid(id), critical ? TRUE : [], octets(value));

export const basicConstraints = (
  isAuthority: boolean,
  pathLength?: number,
  critical = true,
): Buffer =>
  extension(
    '2.5.29.19',
    seq(isAuthority ? TRUE : [], pathLength === undefined ? [] : int(pathLength)),
    critical,
  );

export const KEY_CERT_SIGN = 5;

/** Bits by number, of the first eight. */
export function keyUsage(...set: readonly number[]): Buffer {
  const octet = set.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  const unused = octet === 0 ? 0 : 31 - Math.clz32(octet & -octet);
  return extension('2.5.29.15', bits(octet === 0 ? Buffer.of() : Buffer.of(octet), unused), true);
}

export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
export const ANY_USAGE = '2.5.29.37.0';
export const extendedKeyUsage = (...usages: readonly string[]): Buffer =>
  extension('2.5.29.37', seq(...usages.map(oid)));
export const subjectKeyId = (id: Uint8Array, critical = false): Buffer =>
  extension('2.5.29.14', octets(id), critical);
export const authorityKeyId = (id: Uint8Array, critical = false): Buffer =>
  extension('2.5.29.35', seq(tlv(0x80, id)), critical);
export const alternativeNames = (names: readonly Uint8Array[], critical = false): Buffer =>
  extension('2.5.29.17', seq(...names), critical);

/** General names (RFC 5280 4.2.1.6). */
export const dns = (name: string): Buffer => latin1(0x82, name);
export const email = (name: string): Buffer => latin1(0x81, name);
export const uri = (name: string): Buffer => latin1(0x86, name);
export const ip = (...address: readonly number[]): Buffer => tlv(0x87, Buffer.from(address));
export const directoryName = (name: Uint8Array): Buffer => tlv(0xa4, name);
export const otherName = (type: string, value: Uint8Array): Buffer =>
  tlv(0xa0, oid(type), tlv(0xa0, value));
export const registeredId = (id: string): Buffer => tlv(0x88, oid(id).subarray(2));

export const nameConstraints = (
  permitted: readonly Uint8Array[],
  excluded: readonly Uint8Array[] = [],
  critical = true,
): Buffer => {
  const side = (tag: number, bases: readonly Uint8Array[]) =>
    bases.length === 0 ? [] : tlv(tag, ...bases.map((base) => seq(base)));
  return extension('2.5.29.30', seq(side(0xa0, permitted), side(0xa1, excluded)), critical);
};

export const policies = (list: readonly string[], critical = false): Buffer =>
  extension('2.5.29.32', seq(...list.map((one) => seq(oid(one)))), critical);
export const policyMappings = (
  list: readonly (readonly [string, string])[],
  critical = false,
): Buffer =>
  extension('2.5.29.33', seq(...list.map(([from, to]) => seq(oid(from), oid(to)))), critical);
export const policyConstraints = (
  explicit: number | null,
  mapping: number | null,
  critical = false,
): Buffer =>
  extension(
    '2.5.29.36',
    seq(
      explicit === null ? [] : intAs(0x80, explicit),
      mapping === null ? [] : intAs(0x81, mapping),
    ),
    critical,
  );
export const inhibitAnyPolicy = (count: number, critical = false): Buffer =>
  extension('2.5.29.54', int(count), critical);
