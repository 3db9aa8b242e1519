/**
 * DER (X.690) as it is read. The only file that sees node-forge, of which it uses the ASN.1 codec and nothing else: no
 * key, digest, signature or random number ever comes from there. What we write is in der-writer.ts.
 */
import asn1 from 'node-forge/lib/asn1.js';

export type Der = asn1.Asn1;

const { Class, Type } = asn1;

/** The bytes of what was read, written again. Other bytes than those that were read were not DER. */
export const encode = (item: Der): Buffer => Buffer.from(asn1.toDer(item).getBytes(), 'latin1');

/** Throws forge's Error for anything that is not one whole DER value. Depth is capped by forge (256). */
export function decode(der: Uint8Array): Der {
  const options = { strict: true, parseAllBytes: true, decodeBitStrings: false };
  return asn1.fromDer(Buffer.from(der).toString('latin1'), options);
}

/** The items of a constructed value; a primitive one has none. */
export const itemsOf = (item: Der | undefined): readonly Der[] =>
  item !== undefined && Array.isArray(item.value) ? item.value : [];

/** The content of a primitive value; empty for a constructed one. */
export const contentOf = (item: Der | undefined): Buffer =>
  Buffer.from(typeof item?.value === 'string' ? item.value : '', 'latin1');

/** The bytes of a BIT STRING without its count of unused bits. */
export const bitsOf = (item: Der | undefined): Buffer => contentOf(item).subarray(1);

export const oidOf = (item: Der | undefined): string =>
  item !== undefined && isUniversal(item, Type.OID) && typeof item.value === 'string'
    ? asn1.derToOid(item.value)
    : '';

/** A small non-negative INTEGER; NaN for anything else. */
export function numberOf(item: Der | undefined): number {
  const content = contentOf(item);
  return content.length >= 1 && content.length <= 6 ? content.readUIntBE(0, content.length) : NaN;
}

/** A string of any of the ASN.1 string types that names use. */
export function textOf(item: Der | undefined): string {
  if (item === undefined) return '';
  const content = contentOf(item);
  // forge hands a BMPString over as characters already (asn1.js _fromDer).
  if (isUniversal(item, Type.BMPSTRING)) return typeof item.value === 'string' ? item.value : '';
  return content.toString(isUniversal(item, Type.UTF8) ? 'utf8' : 'latin1');
}

/** Milliseconds since 1970; NaN for anything but a time. */
export function timeOf(item: Der | undefined): number {
  const digits = contentOf(item).toString('latin1');
  if (!/^(?:\d{2})?\d{12}Z$/u.test(digits)) return NaN;
  const full = digits.length === 15 ? digits : `${digits < '50' ? '20' : '19'}${digits}`;
  return Date.parse(full.replace(/^(\d{4})(..)(..)(..)(..)(..)Z$/u, '$1-$2-$3T$4:$5:$6Z'));
}

export const isTagged = (item: Der | undefined, tag: number): boolean =>
  item?.tagClass === Class.CONTEXT_SPECIFIC && item.type === tag;

export const tagOf = (item: Der): number => item.type;

export const isBoolean = (item: Der | undefined): boolean =>
  item !== undefined && isUniversal(item, Type.BOOLEAN);

const isUniversal = (item: Der, type: number): boolean =>
  item.tagClass === Class.UNIVERSAL && item.type === type;
