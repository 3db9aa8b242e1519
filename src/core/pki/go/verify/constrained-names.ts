import { printable } from '../../../text/printable.js';
import { addressOf } from '../names/address.js';
import type { GoCertificate } from '../parse/certificate.js';
import type { AddressRange } from '../parse/name-constraints.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';

export const UNREADABLE = (kind: string, name: string): RefusalReason => [
  'constraint-not-applicable',
  `an authority has name constraints, and the ${kind} ${JSON.stringify(printable(name, 80))} cannot be held against them`,
];

export const outside = (
  { subject }: GoCertificate,
  name: string,
  how: 'excluded' | 'not permitted',
): RefusalReason => [
  'outside-constraints',
  `the name constraints of ${subject.text} say that ${printable(name, 80)} is ${how}`,
];

/** Masked on both sides: the host bits of a range do not matter. */
export const isInRange = (address: Buffer, { address: base, mask }: AddressRange): boolean =>
  address.length === base.length &&
  address.every((byte, at) => (byte & (mask[at] ?? 0)) === ((base[at] ?? 0) & (mask[at] ?? 0)));

/** The host of a URI name, without its port; refused where it has none, or an address (verify.go matchURIConstraint). */
export function uriDomain(
  { text, host }: { readonly text: string; readonly host: string },
  rules: GoRules,
): string {
  const domain = host.includes(':') && !host.endsWith(']') ? withoutPort(host, text) : host;
  const isAddress =
    addressOf(domain, rules.zonesInUris ? 'may have a zone' : 'no zone') !== null ||
    /^\[.*\]$/s.test(domain);
  return domain === '' || isAddress ? refuse(UNREADABLE('URI', text)) : domain;
}

/** net.SplitHostPort. */
function withoutPort(host: string, text: string): string {
  const colon = host.lastIndexOf(':');
  if (host.startsWith('[')) {
    const close = host.indexOf(']');
    return close >= 0 && close + 1 === colon
      ? host.slice(1, close)
      : refuse(UNREADABLE('URI', text));
  }
  const name = host.slice(0, colon);
  return name.includes(':') || /[[\]]/.test(host) ? refuse(UNREADABLE('URI', text)) : name;
}
