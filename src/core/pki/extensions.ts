import { createHash } from 'node:crypto';
import { encodeConstraints, type NameConstraints } from './constraints.js';
import {
  bitsOf,
  boolean,
  decode,
  encode,
  encoded,
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

/** Extensions that say the same in thousands of certificates, encoded once. */
const known = new Map<string, Der>();

function once(key: string, make: () => Der): Der {
  const extensionOf = known.get(key) ?? encoded(encode(make()));
  known.set(key, extensionOf);
  return extensionOf;
}

/** For an authority `pathLength` says how many authorities may stand below it. */
export const basicConstraints = (authority: { readonly pathLength: number } | null): Der =>
  once(`constraints ${authority?.pathLength ?? 'none'}`, () =>
    extension(
      OID.basicConstraints,
      true,
      authority === null ? sequence() : sequence(boolean(true), integer(authority.pathLength)),
    ),
  );

export const keyUsage = (usages: readonly KeyUsage[]): Der =>
  once(`key ${usages.join()}`, () =>
    extension(OID.keyUsage, true, namedBits(usages.map((usage) => KEY_USAGES.indexOf(usage)))),
  );

export const extendedKeyUsage = (usages: readonly Usage[]): Der =>
  once(`usage ${usages.join()}`, () =>
    extension(OID.extendedKeyUsage, false, sequence(...usages.map((usage) => oid(USAGES[usage])))),
  );

/** Critical when the subject is empty: then the names are all there is (RFC 5280 4.2.1.6). */
export const subjectAltName = (names: readonly SubjectName[], critical: boolean): Der =>
  extension(OID.subjectAltName, critical, sequence(...names.map(encodeGeneralName)));

export const nameConstraints = (constraints: NameConstraints): Der =>
  extension(OID.nameConstraints, true, encodeConstraints(constraints));

export const subjectKeyIdentifier = (id: Uint8Array): Der =>
  extension(OID.subjectKeyIdentifier, false, octets(id));

export const authorityKeyIdentifier = (id: Uint8Array): Der =>
  once(`authority ${Buffer.from(id).toString('hex')}`, () =>
    extension(OID.authorityKeyIdentifier, false, sequence(taggedBytes(0, id))),
  );

export const crlDistributionPoint = (url: string): Der =>
  extension(
    OID.crlDistributionPoints,
    false,
    sequence(sequence(tagged(0, tagged(0, encodeGeneralName({ kind: 'uri', value: url }))))),
  );

export const crlNumber = (number: number): Der => extension(OID.crlNumber, false, integer(number));

export const reasonCode = (reason: Der): Der => extension(OID.reasonCode, false, reason);

/** What a SubjectPublicKeyInfo says of its key. */
export interface KeyFacts {
  /** The first 160 bits of SHA-256 over the key's bits: RFC 7093, method 1. */
  readonly id: Buffer;
  /** OID. */
  readonly algorithm: string;
}

export function keyFacts(spki: Uint8Array): KeyFacts {
  const [algorithm, key] = itemsOf(decode(spki));
  return {
    id: createHash('sha256').update(bitsOf(key)).digest().subarray(0, 20),
    algorithm: oidOf(itemsOf(algorithm)[0]),
  };
}
