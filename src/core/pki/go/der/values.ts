import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';

/** Whether an INTEGER is in its shortest form. */
export function isShortest(integer: Buffer): boolean {
  const [first, second = 0] = integer;
  if (first === undefined) return false;
  if (integer.length === 1) return true;
  return !(first === 0 && second < 0x80) && !(first === 0xff && second >= 0x80);
}

export const isNegative = (integer: Buffer): boolean => (integer[0] ?? 0) >= 0x80;

/** The value of an INTEGER in two's complement. */
export function bigOf(integer: Buffer): bigint {
  const value = integer.length === 0 ? 0n : BigInt(`0x${integer.toString('hex')}`);
  return isNegative(integer) ? value - (1n << BigInt(8 * integer.length)) : value;
}

/** An INTEGER that fits into 64 bits; null for another. */
export const smallOf = (integer: Buffer): bigint | null =>
  isShortest(integer) && integer.length <= 8 ? bigOf(integer) : null;

/** Exactly 00 or ff. */
export function booleanOf(content: Buffer, problem: RefusalReason): boolean {
  if (content.length === 1 && content[0] === 0) return false;
  if (content.length === 1 && content[0] === 0xff) return true;
  return refuse(problem);
}

const LONGEST_COMPONENT = 5;
const LARGEST_COMPONENT = 2 ** 31;

/** Dotted; null where a component has more than 31 bits, as those of 2.25.UUID have (cryptobyte readBase128Int). */
export function oidOf(content: Buffer, rules: GoRules): string | null {
  if (content.length === 0) return null;
  const components: number[] = [];
  for (let at = 0; at < content.length;) {
    let value = 0;
    for (let digits = 0; ; digits += 1) {
      const octet = content[at];
      if (octet === undefined || digits === LONGEST_COMPONENT) return null;
      if (digits === 0 && octet === 0x80 && rules.shortestOids) return null;
      value = value * 128 + (octet & 0x7f);
      if (value >= LARGEST_COMPONENT) return null;
      at += 1;
      if (octet < 0x80) break;
    }
    if (components.length > 0) components.push(value);
    else if (value < 80) components.push(Math.floor(value / 40), value % 40);
    else components.push(2, value - 80);
  }
  return components.join('.');
}

/** Of any size, each component without a leading 0x80 (crypto/x509/oid.go newOIDFromDER). */
export function isLongOid(content: Buffer): boolean {
  if ((content.at(-1) ?? 0x80) >= 0x80) return false;
  return content.every((octet, at) => octet !== 0x80 || (content[at - 1] ?? 0) >= 0x80);
}

export interface Bits {
  readonly bytes: Buffer;
  /** How many of the last byte's bits do not count. */
  readonly unused: number;
}

/** A BIT STRING; null where the bits that do not count are not zero. */
export function bitsOf(content: Buffer | undefined): Bits | null {
  const unused = content?.[0];
  if (content === undefined || unused === undefined || unused > 7) return null;
  const bytes = content.subarray(1);
  const last = bytes.at(-1);
  if (last === undefined ? unused !== 0 : (last & ((1 << unused) - 1)) !== 0) return null;
  return { bytes, unused };
}

/** The bits moved to the end of their bytes (encoding/asn1 BitString.RightAlign). */
export function rightAligned({ bytes, unused }: Bits): Buffer {
  if (unused === 0) return bytes;
  return Buffer.from(
    bytes.map((byte, at) => (((bytes[at - 1] ?? 0) << (8 - unused)) | (byte >> unused)) & 0xff),
  );
}
