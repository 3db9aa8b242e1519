import { Buffer, isUtf8 } from 'node:buffer';

/** How a file spells its characters. dockerd 23.0 and later reads all four, 20.10 only `utf-8` (moby#44777). */
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be';

export type Decoded =
  /** `text` keeps the BOM as U+FEFF. */
  | { readonly ok: true; readonly text: string; readonly encoding: Encoding }
  /** `text` is what could be made of it, for showing; `offset` counts in it. */
  | {
      readonly ok: false;
      readonly code: EncodingFault;
      readonly text: string;
      readonly offset: number;
    };

export type EncodingFault = 'utf-16-without-bom' | 'invalid-utf-8' | 'binary' | 'encrypted';

/** Bytes to text, judged as dockerd judges them (moby daemon/config/config.go, getConflictFreeConfiguration). */
export function decode(bytes: Uint8Array): Decoded {
  const known = MAGIC.find(({ magic }) => startsWith(bytes, magic));
  if (known !== undefined) return { ok: false, code: known.code, text: '', offset: 0 };
  if (startsWith(bytes, [0xff, 0xfe])) return fromUtf16(bytes, 'utf-16le');
  if (startsWith(bytes, [0xfe, 0xff])) return fromUtf16(bytes, 'utf-16be');
  if (bytes.length > 3 && (bytes[0] === 0) !== (bytes[1] === 0)) return bareUtf16(bytes);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isUtf8(bytes))
    return { ok: true, text, encoding: text.startsWith(BOM) ? 'utf-8-bom' : 'utf-8' };
  const badByte = firstDifference(bytes, Buffer.from(text, 'utf8')) ?? bytes.length;
  const offset = Buffer.from(bytes.subarray(0, badByte)).toString('utf8').length;
  return { ok: false, code: 'invalid-utf-8', text, offset };
}

/** The inverse of `decode`: `text` carries its own BOM. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  return Buffer.from(text, 'utf8');
}

export const BOM = '\ufeff';

const MAGIC: readonly { readonly magic: readonly number[]; readonly code: EncodingFault }[] = [
  { magic: [0x00, 0x47, 0x49, 0x54, 0x43, 0x52, 0x59, 0x50, 0x54], code: 'encrypted' }, // git-crypt
  { magic: [0x85, 0x01], code: 'encrypted' }, // OpenPGP
  { magic: [0x1f, 0x8b], code: 'binary' }, // gzip
  { magic: [0x7f, 0x45, 0x4c, 0x46], code: 'binary' }, // ELF
  { magic: [0x50, 0x4b, 0x03, 0x04], code: 'binary' }, // zip
];

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function fromUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  const text = utf16Text(bytes, encoding);
  const whole = bytes.length % 2 === 0 && firstDifference(bytes, encode(text, encoding)) === null;
  return whole
    ? { ok: true, text, encoding }
    : { ok: false, code: 'binary', text, offset: text.length };
}

function bareUtf16(bytes: Uint8Array): Decoded {
  const text = utf16Text(bytes, bytes[0] === 0 ? 'utf-16be' : 'utf-16le');
  return { ok: false, code: 'utf-16-without-bom', text, offset: 0 };
}

function utf16Text(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return (encoding === 'utf-16be' ? even.swap16() : even).toString('utf16le');
}

function firstDifference(a: Uint8Array, b: Uint8Array): number | null {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) if (a[index] !== b[index]) return index;
  return a.length === b.length ? null : length;
}
