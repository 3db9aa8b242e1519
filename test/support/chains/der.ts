/** DER written by hand, right and wrong: an oracle in a test shares no code with what it tests. */
export type Bytes = Uint8Array | readonly Bytes[];

const flat = (parts: readonly Bytes[]): Buffer =>
  Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : flat(part))));

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const hex = length.toString(16);
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | octets.length), octets]);
}

export function tlv(tag: number, ...parts: readonly Bytes[]): Buffer {
  const content = flat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

export const seq = (...parts: readonly Bytes[]): Buffer => tlv(0x30, ...parts);
export const set = (...parts: readonly Bytes[]): Buffer => tlv(0x31, ...parts);
export const octets = (...parts: readonly Bytes[]): Buffer => tlv(4, ...parts);
export const bits = (bytes: Uint8Array, unused = 0): Buffer => tlv(3, Buffer.of(unused), bytes);
export const TRUE = Buffer.of(1, 1, 0xff);
export const NULL = Buffer.of(5, 0);
export const text = (tag: number, value: string): Buffer => tlv(tag, Buffer.from(value, 'utf8'));
/** One byte a character. */
export const latin1 = (tag: number, value: string): Buffer =>
  tlv(tag, Buffer.from(value, 'latin1'));

/** Components of any size, as 2.25.UUID has them. */
export function oid(dotted: string): Buffer {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  return tlv(6, Buffer.from([first * 40n + second, ...rest].flatMap(base128)));
}

function base128(value: bigint): number[] {
  const digits = [Number(value & 127n)];
  for (let left = value >> 7n; left > 0n; left >>= 7n) digits.unshift(Number(left & 127n) | 128);
  return digits;
}

export function int(value: number | bigint): Buffer {
  const wanted = BigInt(value);
  let octetCount = 1;
  while (BigInt.asIntN(8 * octetCount, wanted) !== wanted) octetCount += 1;
  const unsigned = BigInt.asUintN(8 * octetCount, wanted);
  return tlv(2, Buffer.from(unsigned.toString(16).padStart(2 * octetCount, '0'), 'hex'));
}

/** `[number] IMPLICIT INTEGER`. */
export const intAs = (tag: number, value: number): Buffer => tlv(tag, int(value).subarray(2));

/** Type and value, the value encoded. */
export const attribute = (type: string, value: Uint8Array): Buffer => set(seq(oid(type), value));
export const cn = (value: string, tag = 12): Buffer => seq(attribute('2.5.4.3', text(tag, value)));
export const NO_NAME = seq();

const DAY_MS = 86_400_000;
/** So many days from now. */
export const day = (days: number): Date => new Date(Date.now() + days * DAY_MS);

export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() >= 2050 ? text(24, digits) : text(23, digits.slice(2));
}

export const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${(
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n-----END CERTIFICATE-----\n`;
