import { contextTag, explicitTag, TAG } from './tags.js';

/**
 * DER (X.690) written as bytes at once: a batch writes thousands of certificates, and a tree of node-forge for each
 * took as long as their keys. What is read goes through node-forge: der.ts.
 */

export const sequence = (...items: readonly Uint8Array[]): Buffer => value(TAG.sequence, items);
export const setOf = (...items: readonly Uint8Array[]): Buffer => value(TAG.set, items);

/** `[tag] EXPLICIT`, or an IMPLICIT constructed type whose content is `items`. */
export const tagged = (tag: number, ...items: readonly Uint8Array[]): Buffer =>
  value(explicitTag(tag), items);

/** `[tag] IMPLICIT` of a primitive type. */
export const taggedBytes = (tag: number, bytes: Uint8Array): Buffer =>
  value(contextTag(tag), [bytes]);

export const nothing = (): Buffer => value(TAG.null, []);
export const boolean = (yes: boolean): Buffer =>
  value(TAG.boolean, [Uint8Array.of(yes ? 0xff : 0)]);
export const octets = (bytes: Uint8Array): Buffer => value(TAG.octets, [bytes]);
export const utf8 = (text: string): Buffer => value(TAG.utf8, [Buffer.from(text, 'utf8')]);
export const printable = (text: string): Buffer =>
  value(TAG.printable, [Buffer.from(text, 'latin1')]);
export const bmp = (text: string): Buffer =>
  value(TAG.bmp, [Buffer.from(text, 'utf16le').swap16()]);

/** A number below 128. */
export const enumerated = (number: number): Buffer =>
  value(TAG.enumerated, [Uint8Array.of(number)]);

/** A BIT STRING of whole bytes, or one whose last `unused` bits do not count. */
export const bits = (bytes: Uint8Array, unused = 0): Buffer =>
  value(TAG.bits, [Uint8Array.of(unused), bytes]);

/** Named bits (X.680 22.7): bit 0 is the most significant, trailing zeros are dropped as DER wants. */
export function namedBits(positions: readonly number[]): Buffer {
  const last = Math.max(...positions);
  const bytes = new Uint8Array((last >> 3) + 1);
  for (const bit of positions) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return bits(bytes, 7 - (last & 7));
}

const ZERO = Uint8Array.of(0);

/** A non-negative INTEGER; bytes are big-endian and unsigned. */
export function integer(number: number | Uint8Array): Buffer {
  const bytes = typeof number === 'number' ? bigEndian(number, 0x100) : number;
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? ZERO : bytes.subarray(start);
  // A first bit that is set would make it negative.
  return value(TAG.integer, (digits[0] ?? 0) < 0x80 ? [digits] : [ZERO, digits]);
}

/** By dotted text: there are some thirty in all, and a batch writes each a thousand times. */
const identifiers = new Map<string, Buffer>();

export function oid(dotted: string): Buffer {
  const known = identifiers.get(dotted) ?? encodeOid(dotted);
  if (identifiers.size < 256) identifiers.set(dotted, known);
  return known;
}

/** X.690 8.19: the first two arcs in one number; each in digits of base 128, all but the last marked. */
function encodeOid(dotted: string): Buffer {
  const [first = 0, second = 0, ...arcs] = dotted.split('.').map(Number);
  const content = [first * 40 + second, ...arcs].flatMap((arc) => {
    const digits = bigEndian(arc, 0x80);
    return [...digits].map((digit, index) => (index < digits.length - 1 ? 0x80 | digit : digit));
  });
  return value(TAG.oid, [Uint8Array.from(content)]);
}

const times = new Map<number, Buffer>();

/** UTCTime up to 2049, GeneralizedTime from 2050 on (RFC 5280 4.1.2.5). Milliseconds are cut off. */
export function time(ms: number): Buffer {
  const known = times.get(ms) ?? encodeTime(ms);
  // A batch has two times in all; whoever has many gains nothing from keeping them.
  if (times.size < 16) times.set(ms, known);
  return known;
}

function encodeTime(ms: number): Buffer {
  const digits = new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/u, 'Z')
    .replace(/[-:T]/gu, '');
  const [tag, text] =
    digits < '2050' ? [TAG.utcTime, digits.slice(2)] : [TAG.generalizedTime, digits];
  return value(tag, [Buffer.from(text, 'latin1')]);
}

/** Tag, length (X.690 8.1.3), content. */
function value(tag: number, contents: readonly Uint8Array[]): Buffer {
  let size = 0;
  for (const { length } of contents) size += length;
  const more = size < 0x80 ? 0 : Math.ceil((32 - Math.clz32(size)) / 8);
  const bytes = Buffer.allocUnsafe(2 + more + size);
  bytes[0] = tag;
  bytes[1] = more === 0 ? size : 0x80 | more;
  if (more > 0) bytes.writeUIntBE(size, 2, more);
  let at = 2 + more;
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

/** The digits of a whole number, the most significant first; at least one. */
function bigEndian(number: number, base: number): Uint8Array {
  const digits: number[] = [];
  for (let rest = number; rest > 0 || digits.length === 0; rest = Math.floor(rest / base))
    digits.unshift(rest % base);
  return Uint8Array.from(digits);
}
