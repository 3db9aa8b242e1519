import { DockerctlError, messageOf } from '../../../errors.js';
import { printable } from '../../text/printable.js';
import { contentOf, isTagged, itemsOf, tagOf, type Der } from '../asn1/der.js';
import { sequence, tagged, taggedBytes } from '../asn1/der-writer.js';
import { NAME_TAGS } from './general-name.js';
import { addressBytes, inRange, rangeBytes, rangeText } from './ip.js';
import { formatName, parseNames, type SubjectName } from './names.js';

/** Name constraints (RFC 5280 4.2.1.10). A DNS base covers itself and everything below it; `''` covers all names. Ranges are CIDR. */
export interface NameConstraints {
  readonly permitted: Bases;
  readonly excluded: Bases;
}

export interface Bases {
  readonly dns: readonly string[];
  readonly ip: readonly string[];
}

const ALL_ADDRESSES = ['0.0.0.0/0', '::/0'];

/**
 * `--permit`: domains and CIDR ranges. A list of domains alone says nothing about addresses, and every client then
 * accepts any IP name; so the kind that is not permitted is excluded whole. Throws `invalid-value`.
 */
export function parsePermit(texts: readonly string[]): NameConstraints | null {
  if (texts.length === 0) return null;
  const ip = texts.filter(isRange).map(canonicalRange);
  const dns = texts.filter((text) => !isRange(text)).map(permittedDomain);
  const excluded = { dns: dns.length === 0 ? [''] : [], ip: excludedFamilies(ip) };
  return { permitted: { dns, ip }, excluded };
}

/** Constraints outside which `names` would lead: those names. What a client would refuse is never signed. */
export function outside(
  names: readonly SubjectName[],
  constraints: NameConstraints,
): SubjectName[] {
  const { permitted, excluded } = constraints;
  return names.filter(({ kind, value }) => {
    if (kind !== 'dns' && kind !== 'ip') return false;
    const covers = kind === 'dns' ? coversDomain : coversAddress;
    const allowed =
      permitted[kind].length === 0 || permitted[kind].some((base) => covers(base, value));
    return !allowed || excluded[kind].some((base) => covers(base, value));
  });
}

export function encodeConstraints({ permitted, excluded }: NameConstraints): Buffer {
  const subtrees = (tag: number, bases: Bases): Buffer[] => {
    const items = [
      ...bases.dns.map((base) => sequence(taggedBytes(NAME_TAGS.dns, Buffer.from(base)))),
      ...bases.ip.map((range) =>
        sequence(taggedBytes(NAME_TAGS.ip, rangeBytes(range) ?? new Uint8Array())),
      ),
    ];
    return items.length === 0 ? [] : [tagged(tag, ...items)];
  };
  return sequence(...subtrees(0, permitted), ...subtrees(1, excluded));
}

export function decodeConstraints(extension: Der): NameConstraints {
  const bases = (tag: number): Bases => {
    const subtrees = itemsOf(itemsOf(extension).find((item) => isTagged(item, tag)));
    const names = subtrees.flatMap((subtree) => itemsOf(subtree).slice(0, 1));
    const contents = (nameTag: number): Buffer[] =>
      names.filter((name) => tagOf(name) === nameTag).map(contentOf);
    return {
      dns: contents(NAME_TAGS.dns).map((base) => base.toString('latin1')),
      ip: contents(NAME_TAGS.ip)
        .filter(({ length }) => length === 8 || length === 32)
        .map(rangeText),
    };
  };
  return { permitted: bases(0), excluded: bases(1) };
}

/** Throws `invalid-value` when an authority with these constraints may not sign for all of `names`. */
export function assertPermitted(
  names: readonly SubjectName[],
  constraints: readonly NameConstraints[],
): void {
  const [stranger] = constraints.flatMap((one) => [
    ...outside(names, one),
    ...names.filter((name) => !isHostPermitted(name, one)),
  ]);
  if (stranger === undefined) return;
  const bases = constraints.flatMap(({ permitted }) => [...permitted.dns, ...permitted.ip]);
  // Root and intermediate carry the same ones: Java ignores those of a root.
  const permitted = [...new Set(bases)];
  throw new DockerctlError({
    code: 'invalid-value',
    message: `This authority may not sign for ${printable(formatName(stranger))}: its name constraints permit ${permitted.join(', ')}, and clients would refuse the certificate.`,
    hint: `another authority: \`dockerctl certs init --pki DIR --permit ${printable(stranger.value)}\``,
  });
}

/** What clients are not told of mail addresses and URIs we hold ourselves to: they are signed for permitted domains alone. */
function isHostPermitted({ kind, value }: SubjectName, { permitted }: NameConstraints): boolean {
  if (kind !== 'email' && kind !== 'uri') return true;
  const host = kind === 'email' ? value.replace(/^.*@/u, '') : hostOf(value);
  return permitted.dns.some((base) => coversDomain(base, host.toLowerCase()));
}

const hostOf = (uri: string): string => (URL.canParse(uri) ? new URL(uri).hostname : '');

const isRange = (text: string): boolean => /[/:]/u.test(text) || addressBytes(text.trim()) !== null;

function canonicalRange(text: string): string {
  const bytes = rangeBytes(text.trim());
  if (bytes !== null) return rangeText(bytes);
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${printable(text)}" cannot be permitted: it is neither a domain nor an address range.`,
    hint: '--permit example.com --permit 10.0.0.0/8',
  });
}

/** The form of RFC 5280 without a leading dot: `.example.com` leaves the apex out, and pyca refuses the whole chain. */
function permittedDomain(text: string): string {
  const base = text.trim().replace(/^(?:\*?\.)/u, '');
  try {
    return parseNames({ domains: [base], ips: [], emails: [], uris: [] }).names[0]?.value ?? base;
  } catch (cause) {
    throw new DockerctlError({
      code: 'invalid-value',
      message: messageOf(cause),
      hint: '--permit example.com --permit 10.0.0.0/8',
      cause,
    });
  }
}

/** With one family permitted the other would be free: RFC 5280 constrains each form of name by itself, and addresses are one form. */
const excludedFamilies = (permitted: readonly string[]): readonly string[] =>
  permitted.length === 0 ? ALL_ADDRESSES : [];

const coversDomain = (base: string, name: string): boolean => {
  const bare = name.replace(/^\*\./u, '');
  if (base.startsWith('.')) return bare.endsWith(base) || (`.${bare}` === base && name !== bare);
  return base === '' || bare === base || bare.endsWith(`.${base}`);
};

const coversAddress = (range: string, address: string): boolean => {
  const [bytes, bounds] = [addressBytes(address), rangeBytes(range)];
  return bytes !== null && bounds !== null && inRange(bytes, bounds);
};
