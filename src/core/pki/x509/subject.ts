import { DockerctlError } from '../../../errors.js';
import { printable as visible } from '../../text/printable.js';
import { itemsOf, oidOf, textOf, type Der } from '../asn1/der.js';
import { oid, printable, sequence, setOf, utf8 } from '../asn1/der-writer.js';

/** One attribute of a distinguished name: its short name (`CN`, `O`, or a dotted OID) and text. */
export type Attribute = readonly [type: string, value: string];

/** In the order of the certificate: country first by habit, common name last. */
export type Subject = readonly Attribute[];

/** Short name → OID and the upper bound of RFC 5280, appendix A. */
const ATTRIBUTES: Readonly<Record<string, { readonly oid: string; readonly longest: number }>> = {
  C: { oid: '2.5.4.6', longest: 2 },
  ST: { oid: '2.5.4.8', longest: 128 },
  L: { oid: '2.5.4.7', longest: 128 },
  O: { oid: '2.5.4.10', longest: 64 },
  OU: { oid: '2.5.4.11', longest: 64 },
  CN: { oid: '2.5.4.3', longest: 64 },
};

const SHORT = new Map(Object.entries(ATTRIBUTES).map(([name, row]) => [row.oid, name]));

/** Longest common name that certificates may carry, in characters. */
export const LONGEST_COMMON_NAME = 64;

/** `O=示例公司, C=CN`; a comma in a value is written `\,`. Throws `invalid-value`. */
export function parseSubject(text: string): Subject {
  const parts = text.split(/(?<!\\),/u).filter((part) => part.trim() !== '');
  return parts.map((part) => {
    const [, name = '', raw = ''] = /^([A-Za-z]+)\s*=(.*)$/su.exec(part.trim()) ?? [];
    return checked([name.toUpperCase(), raw.trim().replaceAll('\\,', ',')], part);
  });
}

/** Throws `invalid-value` for what no certificate can hold. */
export function commonName(text: string): Attribute {
  return checked(['CN', text.trim()], text);
}

/** Name (RFC 5280 4.1.2.4): UTF8String everywhere but in the country, which is a PrintableString. */
export function encodeSubject(subject: Subject): Buffer {
  const sets = subject.map(([name, value]) =>
    setOf(
      sequence(oid(ATTRIBUTES[name]?.oid ?? name), name === 'C' ? printable(value) : utf8(value)),
    ),
  );
  return sequence(...sets);
}

export function decodeSubject(name: Der | undefined): Subject {
  return itemsOf(name)
    .flatMap(itemsOf)
    .map((attribute): Attribute => {
      const [type, value] = itemsOf(attribute);
      return [SHORT.get(oidOf(type)) ?? oidOf(type), textOf(value)];
    });
}

/** `CN=registry.example.com, O=示例公司`: the most telling first, safe for a terminal. */
export function formatSubject(subject: Subject): string {
  return visible(
    [...subject]
      .reverse()
      .map(([name, value]) => `${name}=${value.replaceAll(',', '\\,')}`)
      .join(', '),
    400,
  );
}

export const sameSubject = (one: Subject, other: Subject): boolean =>
  one.length === other.length &&
  one.every(([type, value], index) => {
    const [otherType, otherValue] = other[index] ?? [];
    return type === otherType && value === otherValue;
  });

export const commonNameOf = (subject: Subject): string | null =>
  subject.find(([name]) => name === 'CN')?.[1] ?? null;

function checked([name, value]: Attribute, typed: string): Attribute {
  const row = ATTRIBUTES[name];
  const problem =
    row === undefined
      ? `it is not NAME=VALUE with one of ${Object.keys(ATTRIBUTES).join(', ')}`
      : value === ''
        ? 'the value is empty'
        : /\p{Cc}/u.test(value)
          ? 'it has a control character'
          : Array.from(value).length > row.longest
            ? `${name} has at most ${row.longest} characters`
            : name === 'C' && !/^[A-Z]{2}$/u.test(value)
              ? 'a country is two capital letters'
              : null;
  if (problem === null) return [name, value];
  throw new DockerctlError({
    code: 'invalid-value',
    message: `"${visible(typed.trim())}" cannot stand in the subject of a certificate: ${problem}.`,
    hint: '--subject "O=Example Ltd, C=DE"',
  });
}
