import { hash } from 'node:crypto';
import { encodeConstraints, type NameConstraints } from './constraints.js';
import { peekContent, peekItems } from '../asn1/der-peek.js';
import {
  boolean,
  integer,
  namedBits,
  octets,
  oid,
  sequence,
  tagged,
  taggedBytes,
} from '../asn1/der-writer.js';
import { encodeGeneralName } from './general-name.js';
import type { SubjectName } from './names.js';
import { OID } from '../asn1/oid.js';

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

const extension = (id: string, critical: boolean, value: Buffer): Buffer =>
  critical ? sequence(oid(id), boolean(true), octets(value)) : sequence(oid(id), octets(value));

/** Extensions that say the same in thousands of certificates, encoded once. */
const known = new Map<string, Buffer>();

function once(key: string, make: () => Buffer): Buffer {
  const extensionOf = known.get(key) ?? make();
  known.set(key, extensionOf);
  return extensionOf;
}

/** For an authority `pathLength` says how many authorities may stand below it. */
export const basicConstraints = (authority: { readonly pathLength: number } | null): Buffer =>
  once(`constraints ${authority?.pathLength ?? 'none'}`, () =>
    extension(
      OID.basicConstraints,
      true,
      authority === null ? sequence() : sequence(boolean(true), integer(authority.pathLength)),
    ),
  );

export const keyUsage = (usages: readonly KeyUsage[]): Buffer =>
  once(`key ${usages.join()}`, () =>
    extension(OID.keyUsage, true, namedBits(usages.map((usage) => KEY_USAGES.indexOf(usage)))),
  );

export const extendedKeyUsage = (usages: readonly Usage[]): Buffer =>
  once(`usage ${usages.join()}`, () =>
    extension(OID.extendedKeyUsage, false, sequence(...usages.map((usage) => oid(USAGES[usage])))),
  );

/** Critical when the subject is empty: then the names are all there is (RFC 5280 4.2.1.6). */
export const subjectAltName = (names: readonly SubjectName[], critical: boolean): Buffer =>
  extension(OID.subjectAltName, critical, sequence(...names.map(encodeGeneralName)));

export const nameConstraints = (constraints: NameConstraints): Buffer =>
  extension(OID.nameConstraints, true, encodeConstraints(constraints));

export const subjectKeyIdentifier = (id: Uint8Array): Buffer =>
  extension(OID.subjectKeyIdentifier, false, octets(id));

export const authorityKeyIdentifier = (id: Uint8Array): Buffer =>
  once(`authority ${Buffer.from(id).toString('hex')}`, () =>
    extension(OID.authorityKeyIdentifier, false, sequence(taggedBytes(0, id))),
  );

export const crlDistributionPoint = (url: string): Buffer =>
  extension(
    OID.crlDistributionPoints,
    false,
    sequence(sequence(tagged(0, tagged(0, encodeGeneralName({ kind: 'uri', value: url }))))),
  );

/** Where the certificate of the issuer is (RFC 5280, section 4.2.2.1). */
export const authorityInfoAccess = (url: string): Buffer =>
  extension(
    OID.authorityInfoAccess,
    false,
    sequence(sequence(oid(OID.caIssuers), encodeGeneralName({ kind: 'uri', value: url }))),
  );

export const crlNumber = (number: number): Buffer =>
  extension(OID.crlNumber, false, integer(number));

export const reasonCode = (reason: Buffer): Buffer => extension(OID.reasonCode, false, reason);

/** What a SubjectPublicKeyInfo says of its key. */
export interface KeyFacts {
  /** The first 160 bits of SHA-256 over the key's bits: RFC 7093, method 1. */
  readonly id: Buffer;
  readonly isRsa: boolean;
}

export function keyFacts(spki: Uint8Array): KeyFacts {
  const [algorithm = spki, key = spki] = peekItems(spki);
  const [kind] = peekItems(algorithm);
  // The first byte of a BIT STRING counts the bits at its end that are none.
  const bitsOfKey = peekContent(key).subarray(1);
  return {
    id: hash('sha256', bitsOfKey, 'buffer').subarray(0, 20),
    isRsa: kind !== undefined && oid(OID.rsaEncryption).equals(kind),
  };
}
