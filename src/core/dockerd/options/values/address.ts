import { rememberLast } from '../../../text/remember-last.js';
import { isIP } from 'node:net';

/** An address block in Go's words: the host bits are masked away. */
export interface Block {
  readonly family: 4 | 6;
  /** Canonical text of the first address. */
  readonly network: string;
  readonly prefix: number;
  /** The address as it was given had no host bits. */
  readonly canonical: boolean;
}

/** Most texts are none, and Node compiles a large expression for its answer. */
const MAYBE_ADDRESS = /^[\d.]+$|:/;

/** 4 or 6 as Go's net.ParseIP reads it (no zone), or null. */
export function ipFamily(text: string): 4 | 6 | null {
  if (text.includes('%') || !MAYBE_ADDRESS.test(text)) return null;
  const family = isIP(text);
  return family === 4 || family === 6 ? family : null;
}

/** An address and how many of its bits are the network's, as they stand in the text. */
interface Cidr {
  readonly family: 4 | 6;
  readonly address: string;
  readonly prefix: number;
}

/** As Go's net.ParseCIDR reads it; null when it is not address/prefix. One rule after the other asks about the same pool. */
export const parseCidr = rememberLast((text): Cidr | null => {
  const slash = text.indexOf('/');
  const digits = text.slice(slash + 1);
  if (slash === -1 || !/^\d{1,3}$/.test(digits)) return null;
  const address = text.slice(0, slash);
  const prefix = Number(digits);
  const family = ipFamily(address);
  if (family === null || prefix > (family === 4 ? 32 : 128)) return null;
  return { family, address, prefix };
});

/** `10.0.0.1/8` → 10.0.0.0/8; null when it is not address/prefix. */
export function parseBlock(text: string): Block | null {
  const cidr = parseCidr(text);
  if (cidr === null) return null;
  const { family, address, prefix } = cidr;
  if (family === 4) {
    const network = masked4(address, prefix);
    return { family, network, prefix, canonical: network === address };
  }
  const value = toNumber(address, family);
  const network = mask(value, prefix, family);
  return { family, network: toText(network, family), prefix, canonical: network === value };
}

/** By plain numbers: a list may have tens of thousands. */
function masked4(address: string, prefix: number): string {
  const value = address.split('.').reduce((sum, group) => sum * 256 + Number(group), 0);
  const size = 2 ** (32 - prefix);
  const first = value - (value % size);
  if (first === value) return address;
  return `${Math.floor(first / 2 ** 24)}.${(first >> 16) & 255}.${(first >> 8) & 255}.${first & 255}`;
}

/** `::ffff:10.0.0.1/120` → `10.0.0.1/24`, which is what Go takes it for; any other text as it is. */
export function unmapped(text: string): string {
  const cidr = parseCidr(text);
  if (cidr?.family !== 6 || cidr.prefix < 96) return text;
  const address = unmappedAddress(cidr.address);
  return address === cidr.address ? text : `${address}/${cidr.prefix - 96}`;
}

/** `::ffff:10.0.0.1` → `10.0.0.1` (RFC 4291 2.5.5.2); any other text as it is. */
export function unmappedAddress(text: string): string {
  if (ipFamily(text) !== 6) return text;
  const value = toNumber(text, 6);
  return value >> 32n === 0xffffn ? toText(BigInt.asUintN(32, value), 4) : text;
}

/** The one spelling of an address in which it can be compared: that of RFC 5952, an IPv4 address as such. */
export function canonicalAddress(text: string): string {
  const address = unmappedAddress(text);
  return ipFamily(address) === 6 ? toText(toNumber(address, 6), 6) : address;
}

export function isLoopback6(address: string): boolean {
  return ipFamily(address) === 6 && toNumber(address, 6) === 1n;
}

/** ff00::/8 (RFC 4291 2.7). */
export function isMulticast6(address: string): boolean {
  return ipFamily(address) === 6 && toNumber(address, 6) >> 120n === 0xffn;
}

/** The first address after that of the network itself. */
export function firstHost({ family, network }: Block): string {
  return toText(toNumber(network, family) + 1n, family);
}

/** `10.0.0.1/8` → `10.0.0.1`. */
export function addressPart(text: string): string {
  const slash = text.indexOf('/');
  return slash === -1 ? text : text.slice(0, slash);
}

export function formatBlock(block: Block): string {
  return `${block.network}/${block.prefix}`;
}

export function blockContains(block: Block, address: string): boolean {
  const family = ipFamily(address);
  if (family !== block.family) return false;
  if (family === 4) return masked4(address, block.prefix) === block.network;
  return toText(mask(toNumber(address, family), block.prefix, family), family) === block.network;
}

/** An address of the block that a machine can have: neither the first, the network, nor the last, the broadcast. */
export function isUsableHost(block: Block, address: string): boolean {
  if (!blockContains(block, address)) return false;
  const size = 1n << BigInt(bits(block.family) - block.prefix);
  const index = toNumber(address, block.family) - toNumber(block.network, block.family);
  return index > 0n && index < size - 1n;
}

/** The two have an address in common. */
export function blocksOverlap(a: Block, b: Block): boolean {
  return blockContains(a, b.network) || blockContains(b, a.network);
}

function bits(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function mask(value: bigint, prefix: number, family: 4 | 6): bigint {
  const host = BigInt(bits(family) - prefix);
  return (value >> host) << host;
}

function toNumber(address: string, family: 4 | 6): bigint {
  const groups = family === 4 ? address.split('.').map(Number) : groupsOfIpv6(address);
  const width = family === 4 ? 8n : 16n;
  return groups.reduce((value, group) => (value << width) | BigInt(group), 0n);
}

/** The URL parser knows every way to write an IPv6 address and gives hexadecimal groups with one `::` back. */
function groupsOfIpv6(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map((group) => parseInt(group, 16));
}

function toText(value: bigint, family: 4 | 6): string {
  const [count, width] = family === 4 ? [4, 8n] : [8, 16n];
  const groups = Array.from({ length: count }, (_, index) =>
    BigInt.asUintN(Number(width), value >> (width * BigInt(count - 1 - index))),
  );
  if (family === 4) return groups.join('.');
  return new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(
    1,
    -1,
  );
}

/** `host`, `host:port`, `[v6]:port` or a bare IPv6 address, split as Go's net.SplitHostPort; port '' when there is none. */
export function splitHostPort(text: string): { readonly host: string; readonly port: string } {
  const bracketed = /^\[([^[\]]*)\]:([^:[\]]*)$/.exec(text);
  const plain = /^([^:[\]]*):([^:[\]]*)$/.exec(text);
  const [, host = text, port = ''] = bracketed ?? plain ?? [];
  return { host, port };
}
