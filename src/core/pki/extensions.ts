import { createHash } from 'node:crypto';
import { encodeConstraints, type NameConstraints } from './constraints.js';
import {
  bitsOf,
  boolean,
  decode,
  encode,
  integer,
  itemsOf,
  namedBits,
  octets,
  oid,
  oidOf,
  sequence,
  tagged,
  taggedBytes,
  type Der,
} from './der.js';
import { encodeGeneralName } from './general-name.js';
import type { SubjectName } from './names.js';
import { OID } from './oid.js';

export type Usage = 'server' | 'client';

/** KeyUsage's bits (RFC 5280 4.2.1.3). */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof KEY_USAGES)[number];

const USAGES: Readonly<Record<Usage, string>> = { server: OID.serverAuth, client: OID.clientAuth };

const extension = (id: string, critical: boolean, value: Der): Der =>
  critical
    ? sequence(oid(id), boolean(true), octets(encode(value)))
    : sequence(oid(id), octets(encode(value)));

/** For an authority `pathLength` says how many authorities may stand below it. */
export const basicConstraints = (authority: { readonly pathLength: number } | null): Der =>
  extension(
    OID.basicConstraints,
    true,
    authority === null ? sequence() : sequence(boolean(true), integer(authority.pathLength)),
  );

export const keyUsage = (usages: readonly KeyUsage[]): Der =>
  extension(OID.keyUsage, true, namedBits(usages.map((usage) => KEY_USAGES.indexOf(usage))));

export const extendedKeyUsage = (usages: readonly Usage[]): Der =>
  extension(OID.extendedKeyUsage, false, sequence(...usages.map((usage) => oid(USAGES[usage]))));

/** Critical when the subject is empty: then the names are all there is (RFC 5280 4.2.1.6). */
export const subjectAltName = (names: readonly SubjectName[], critical: boolean): Der =>
  extension(OID.subjectAltName, critical, sequence(...names.map(encodeGeneralName)));

export const nameConstraints = (constraints: NameConstraints): Der =>
  extension(OID.nameConstraints, true, encodeConstraints(constraints));

export const subjectKeyIdentifier = (id: Uint8Array): Der =>
  extension(OID.subjectKeyIdentifier, false, octets(id));

export const authorityKeyIdentifier = (id: Uint8Array): Der =>
  extension(OID.authorityKeyIdentifier, false, sequence(taggedBytes(0, id)));

export const crlDistributionPoint = (url: string): Der =>
  extension(
    OID.crlDistributionPoints,
    false,
    sequence(sequence(tagged(0, tagged(0, encodeGeneralName({ kind: 'uri', value: url }))))),
  );

export const crlNumber = (number: number): Der => extension(OID.crlNumber, false, integer(number));

export const reasonCode = (reason: Der): Der => extension(OID.reasonCode, false, reason);

/** The first 160 bits of SHA-256 over the key's bits: RFC 7093, method 1. */
export function keyIdentifier(spki: Uint8Array): Buffer {
  const key = bitsOf(itemsOf(decode(spki))[1]);
  return createHash('sha256').update(key).digest().subarray(0, 20);
}

/** The algorithm of a SubjectPublicKeyInfo, as an OID. */
export const keyAlgorithm = (spki: Uint8Array): string =>
  oidOf(itemsOf(itemsOf(decode(spki))[0])[0]);
