import { refuse, type RefusalReason } from '../rules/refusal.js';

/** A place in DER that moves on as values are read (golang.org/x/crypto/cryptobyte String). */
export interface Cursor {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;
}

/** One value: its tag, all of it, and what follows tag and length. */
export interface Element {
  readonly tag: number;
  readonly whole: Buffer;
  readonly content: Buffer;
}

export const cursor = (bytes: Buffer): Cursor => ({ bytes, at: 0, end: bytes.length });

export const isAtEnd = ({ at, end }: Cursor): boolean => at >= end;

/** Whether a value with this tag comes next. */
export const isNext = (from: Cursor, tag: number): boolean =>
  !isAtEnd(from) && from.bytes[from.at] === tag;

/**
 * The next value; null where there is none, or one that is no DER: definite lengths in their shortest form, in 4 octets
 * at most, and tag numbers below 31.
 */
export function readAny(from: Cursor): Element | null {
  const { bytes, at, end } = from;
  const left = end - at;
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (left < 2 || tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  let head = 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4 || left < 2 + count) return null;
    length = bytes.readUIntBE(at + 2, count);
    if (length < 0x80 || length < 2 ** (8 * (count - 1))) return null;
    head += count;
  }
  if (head + length > left) return null;
  from.at = at + head + length;
  return {
    tag,
    whole: bytes.subarray(at, from.at),
    content: bytes.subarray(at + head, from.at),
  };
}

/** The next value, which must have this tag; else null. */
export function read(from: Cursor, tag: number): Element | null {
  const element = readAny(from);
  return element?.tag === tag ? element : null;
}

/** The content of the next value; refused where it has another tag. */
export const take = (from: Cursor, tag: number, problem: RefusalReason): Buffer =>
  (read(from, tag) ?? refuse(problem)).content;

/** Into the next value; what comes after the part that is read is ignored, as Go does. */
export const enter = (from: Cursor, tag: number, problem: RefusalReason): Cursor =>
  cursor(take(from, tag, problem));
