/**
 * DER (X.690) as values: builders, readers and the codec. The only file that sees node-forge, of which it uses the
 * ASN.1 codec and nothing else: no key, digest, signature or random number ever comes from there.
 */
import asn1 from 'node-forge/lib/asn1.js';

export type Der = asn1.Asn1;

const { Class, Type } = asn1;

const universal = (type: number, value: string | Der[]): Der =>
  asn1.create(Class.UNIVERSAL, type, Array.isArray(value), value);
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

export const sequence = (...items: Der[]): Der => universal(Type.SEQUENCE, items);
export const setOf = (...items: Der[]): Der => universal(Type.SET, items);

/** By dotted text: there are some thirty in all, and a batch writes each a thousand times. */
const identifiers = new Map<string, Der>();

export function oid(dotted: string): Der {
  const item = identifiers.get(dotted) ?? universal(Type.OID, asn1.oidToDer(dotted).getBytes());
  if (identifiers.size < 256) identifiers.set(dotted, item);
  return item;
}

export const nothing = (): Der => universal(Type.NULL, '');
export const boolean = (value: boolean): Der => universal(Type.BOOLEAN, value ? '\xff' : '\0');
export const octets = (bytes: Uint8Array): Der => universal(Type.OCTETSTRING, latin1(bytes));
export const utf8 = (text: string): Der => universal(Type.UTF8, latin1(Buffer.from(text, 'utf8')));
export const printable = (text: string): Der => universal(Type.PRINTABLESTRING, text);
export const bmp = (text: string): Der => universal(Type.BMPSTRING, text);
export const enumerated = (value: number): Der =>
  universal(Type.ENUMERATED, String.fromCharCode(value));

/** A BIT STRING of whole bytes, or one whose last `unused` bits do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Der =>
  universal(Type.BITSTRING, String.fromCharCode(unused) + latin1(bytes));

/** Named bits (X.680 22.7): bit 0 is the most significant, trailing zeros are dropped as DER wants. */
export function namedBits(positions: readonly number[]): Der {
  const last = Math.max(...positions);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const bit of positions) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bits(bytes, 7 - (last & 7));
}

/** A non-negative INTEGER; bytes are big-endian and unsigned. */
export function integer(value: number | Uint8Array): Der {
  let hex = typeof value === 'number' ? value.toString(16) : Buffer.from(value).toString('hex');
  hex = hex.replace(/^0+(?=.)/u, '');
  if (hex.length % 2 === 1) hex = `0${hex}`;
  if (parseInt(hex.slice(0, 2), 16) >= 0x80) hex = `00${hex}`;
  return universal(Type.INTEGER, Buffer.from(hex, 'hex').toString('latin1'));
}

const times = new Map<number, Der>();

/** UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5). Milliseconds are cut off. */
export function time(ms: number): Der {
  const item = times.get(ms) ?? encodeTime(ms);
  // A batch has two times in all; whoever has many gains nothing from keeping them.
  if (times.size < 16) times.set(ms, item);
  return item;
}

function encodeTime(ms: number): Der {
  const digits = new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/u, 'Z')
    .replace(/[-:T]/gu, '');
  return digits < '2050'
    ? universal(Type.UTCTIME, digits.slice(2))
    : universal(Type.GENERALIZEDTIME, digits);
}

/** `[tag] EXPLICIT`, or an IMPLICIT constructed type whose content is `items`. */
export const tagged = (tag: number, ...items: Der[]): Der =>
  asn1.create(Class.CONTEXT_SPECIFIC, tag, true, items);

/** `[tag] IMPLICIT` of a primitive type. */
export const taggedBytes = (tag: number, bytes: Uint8Array): Der =>
  asn1.create(Class.CONTEXT_SPECIFIC, tag, false, latin1(bytes));

/** A constructed value that is encoded already, put in as it is: no decoding, no second opinion on its bytes. */
export function encoded(der: Uint8Array): Der {
  const [first = 0, second = 0] = der;
  const content = der.subarray(second < 0x80 ? 2 : 2 + (second & 0x7f));
  // The "constructed" bit rides in the type: told that the value is primitive, forge writes its bytes untouched.
  return asn1.create(first & 0xc0, first & 0x3f, false, latin1(content));
}

export const encode = (item: Der): Buffer => Buffer.from(asn1.toDer(item).getBytes(), 'latin1');

/** Throws forge's Error for anything that is not one whole DER value. Depth is capped by forge (256). */
export function decode(der: Uint8Array): Der {
  const options = { strict: true, parseAllBytes: true, decodeBitStrings: false };
  return asn1.fromDer(latin1(der), options);
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
