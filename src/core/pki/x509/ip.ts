/** IP addresses as X.509 wants them: network-order bytes (RFC 5280 4.2.1.6). node-forge's own encoder is never used: it writes 17 bytes for `fe80::1%eth0`. */
import { isIPv4, isIPv6 } from 'node:net';

/** 4 or 16 bytes, or null for anything that is not one plain address (a zone, a range, a port). */
export function addressBytes(text: string): Uint8Array | null {
  if (isIPv4(text)) return Uint8Array.from(text.split('.').map(Number));
  // The colon first: most names have none, and compiling Node's expression takes as long as signing a certificate.
  if (!text.includes(':') || !isIPv6(text) || text.includes('%')) return null;
  const groups = withoutDottedTail(text);
  const [head = '', tail] = groups.split('::');
  const left = words(head);
  const right = tail === undefined ? [] : words(tail);
  const all = [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
  return Uint8Array.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

/** `192.0.2.1`, or the form of RFC 5952 for IPv6. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, i) => pair(bytes, i).toString(16));
  // The URL parser's serializer is RFC 5952's own algorithm.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** `address/length` or a lone address as the 8 or 32 bytes of a name constraint (address, mask), host bits cleared; null when it is neither. */
export function rangeBytes(text: string): Uint8Array | null {
  const [address = '', length, ...rest] = text.split('/');
  const bytes = addressBytes(address);
  if (bytes === null || rest.length > 0) return null;
  const bits = bytes.length * 8;
  if (length !== undefined && !(/^\d{1,3}$/u.test(length) && Number(length) <= bits)) return null;
  const prefix = length === undefined ? bits : Number(length);
  const mask = bytes.map((_, i) => 0xff & ~(0xff >> Math.min(8, Math.max(0, prefix - i * 8))));
  return Uint8Array.from([...bytes.map((byte, i) => byte & (mask[i] ?? 0)), ...mask]);
}

/** `address/length` of the bytes that `rangeBytes` makes. */
export function rangeText(bytes: Uint8Array): string {
  const half = bytes.length / 2;
  const ones = [...bytes.subarray(half)].reduce((sum, byte) => sum + bitCount(byte), 0);
  return `${addressText(bytes.subarray(0, half))}/${ones}`;
}

export function inRange(address: Uint8Array, range: Uint8Array): boolean {
  if (range.length !== address.length * 2) return false;
  return address.every((byte, i) => (byte & (range[address.length + i] ?? 0)) === range[i]);
}

const words = (text: string): number[] =>
  text === '' ? [] : text.split(':').map((word) => parseInt(word, 16));

const pair = (bytes: Uint8Array, i: number): number =>
  ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0);

const bitCount = (byte: number): number => byte.toString(2).replaceAll('0', '').length;

/** `::ffff:10.0.0.1` → `::ffff:a00:1`. */
const withoutDottedTail = (text: string): string =>
  text.replace(/(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/u, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
