const V4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const WORD = /^[0-9a-fA-F]{1,4}$/;
const MAPPED_PREFIX = Buffer.from('00000000000000000000ffff', 'hex');

/**
 * 4 or 16 bytes; null for what net.ParseIP, or netip.ParseAddr where a zone is allowed, does not read: leading zeros,
 * ports, brackets.
 */
export function addressOf(text: string, zone: 'may have a zone' | 'no zone'): Buffer | null {
  const percent = text.indexOf('%');
  const address = percent < 0 ? text : text.slice(0, percent);
  if (percent >= 0 && (zone === 'no zone' || !address.includes(':') || percent === text.length - 1))
    return null;
  return address.includes(':') ? v6Of(address) : v4Of(address);
}

function v4Of(text: string): Buffer | null {
  const octets = V4.exec(text)?.slice(1) ?? [];
  const valid = octets.every((octet) => Number(octet) <= 255 && !/^0\d/.test(octet));
  return octets.length === 4 && valid ? Buffer.from(octets.map(Number)) : null;
}

function v6Of(text: string): Buffer | null {
  const tailAt = text.lastIndexOf(':') + 1;
  const tail = text.slice(tailAt);
  const dotted = tail.includes('.') ? v4Of(tail) : null;
  if (tail.includes('.') && dotted === null) return null;
  const hex =
    dotted === null
      ? text
      : `${text.slice(0, tailAt)}${dotted.subarray(0, 2).toString('hex')}:${dotted.subarray(2).toString('hex')}`;
  const [head = '', rest, ...more] = hex.split('::');
  const left = wordsOf(head);
  const right = wordsOf(rest ?? '');
  const count = left.length + right.length;
  const complete = rest === undefined ? count === 8 : count <= 7;
  if (more.length > 0 || !complete || ![...left, ...right].every((word) => WORD.test(word)))
    return null;
  const zeros = Array<string>(8 - count).fill('0');
  const words = [...left, ...zeros, ...right].map((word) => word.padStart(4, '0'));
  return Buffer.from(words.join(''), 'hex');
}

const wordsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** ::ffff:192.0.2.1 in 16 bytes. */
export const isMapped = (address: Buffer): boolean =>
  address.length === 16 && address.subarray(0, 12).equals(MAPPED_PREFIX);

/** An IPv4-mapped address is the IPv4 address (net.IP Equal). */
export const isSameAddress = (one: Buffer, other: Buffer): boolean =>
  withoutMapping(one).equals(withoutMapping(other));

const withoutMapping = (address: Buffer): Buffer =>
  isMapped(address) ? address.subarray(12) : address;

/** For people: `192.0.2.1`, hexadecimal words for IPv6, and plain hex for what is neither. */
export function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return bytes.toString('hex');
  return (bytes.toString('hex').match(/.{4}/g) ?? [])
    .map((word) => word.replace(/^0{1,3}/, ''))
    .join(':');
}
