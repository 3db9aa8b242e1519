import { addressText } from '../names/address.js';
import { isDomain } from '../names/domain.js';
import { lowerCase } from '../names/lower-case.js';
import { mailboxOf } from '../names/mailbox.js';
import type { AlternativeNames } from '../parse/alternative-names.js';
import type { GoCertificate } from '../parse/certificate.js';
import type { GoNameConstraints } from '../parse/name-constraints.js';
import type { GoRules } from '../rules/generation.js';
import { refusalIn, refuse, type Refusal } from '../rules/refusal.js';
import { isInRange, outside, uriDomain, UNREADABLE } from './constrained-names.js';
import { dnsQuery, type DnsQuery } from './dns-constraints.js';

/**
 * Why the constraints in a finished chain deny a name below them; null: they deny none. Since 1.27 (constraints.go
 * checkChainConstraints): the names of every certificate are held against all constraints above it, roots included.
 */
export function chainConstraints(chain: readonly GoCertificate[], rules: GoRules): Refusal | null {
  const authorities = chain.flatMap((authority, at) =>
    authority.nameConstraints === null
      ? []
      : [{ at, authority, constraints: prepare(authority.nameConstraints, rules) }],
  );
  return refusalIn(() => {
    for (const [at, { alternativeNames }] of chain.entries()) {
      const above = authorities.filter((one) => one.at > at);
      if (alternativeNames === null || above.length === 0) continue;
      const names = readNames(alternativeNames, rules);
      for (const { authority, constraints } of above) check(names, authority, constraints);
    }
  });
}

interface Name {
  readonly shown: string;
  /** As the constraints look at it. */
  readonly text: string;
}

interface Names {
  readonly dns: readonly Name[];
  readonly uri: readonly Name[];
  readonly email: readonly (Name & { readonly local: string })[];
  readonly ip: readonly Buffer[];
}

/** Refused: a name that no constraint can be held against, whatever kinds there are. */
function readNames({ dns, uri, email, ip }: AlternativeNames, rules: GoRules): Names {
  return {
    uri: uri.map((one) => {
      const text = uriDomain(one, rules);
      return {
        shown: one.text,
        text: isDomain(text, rules) ? text : refuse(UNREADABLE('URI', one.text)),
      };
    }),
    email: email.map((shown) => {
      const mailbox = mailboxOf(shown, rules) ?? refuse(UNREADABLE('mail address', shown));
      return { shown, local: mailbox.local, text: mailbox.domain.toLowerCase() };
    }),
    dns: dns.map((text) => ({
      shown: text,
      text: isDomain(text, rules) ? text : refuse(UNREADABLE('DNS name', text)),
    })),
    ip,
  };
}

interface Sides<Query> {
  readonly permitted: Query | null;
  readonly excluded: Query | null;
}

interface Prepared {
  readonly dns: Sides<DnsQuery>;
  readonly uri: Sides<DnsQuery>;
  readonly email: Sides<(local: string, domain: string) => boolean>;
  readonly ip: Sides<(address: Buffer) => boolean>;
}

/** null where the constraints have nothing of a kind: then it is free. */
function prepare({ permitted, excluded }: GoNameConstraints, rules: GoRules): Prepared {
  const dns = (kind: 'dns' | 'uri'): Sides<DnsQuery> => ({
    permitted: dnsQuery(permitted[kind], 'permitted'),
    excluded: dnsQuery(excluded[kind], 'excluded'),
  });
  return {
    dns: dns('dns'),
    uri: dns('uri'),
    email: {
      permitted: emailQuery(permitted.email, 'permitted', rules),
      excluded: emailQuery(excluded.email, 'excluded', rules),
    },
    ip: { permitted: ipQuery(permitted.ip), excluded: ipQuery(excluded.ip) },
  };
}

function emailQuery(bases: readonly string[], side: 'permitted' | 'excluded', rules: GoRules) {
  if (bases.length === 0) return null;
  const exact = new Set(
    bases.flatMap((base) => {
      const mailbox = base.includes('@') ? mailboxOf(base, rules) : null;
      return mailbox === null ? [] : [`${mailbox.local}@${lowerCase(mailbox.domain)}`];
    }),
  );
  const domains = dnsQuery(
    bases.filter((base) => !base.includes('@')),
    side,
  );
  return (local: string, domain: string): boolean =>
    exact.has(`${local}@${domain}`) || (domains?.(domain) ?? false);
}

const ipQuery = (ranges: GoNameConstraints['permitted']['ip']) =>
  ranges.length === 0
    ? null
    : (address: Buffer): boolean => ranges.some((range) => isInRange(address, range));

function check(names: Names, authority: GoCertificate, by: Prepared): void {
  const hold = <Query>(
    sides: Sides<Query>,
    shown: string,
    asks: (query: Query) => boolean,
  ): void => {
    if (sides.permitted !== null && !asks(sides.permitted))
      refuse(outside(authority, shown, 'not permitted'));
    if (sides.excluded !== null && asks(sides.excluded))
      refuse(outside(authority, shown, 'excluded'));
  };
  for (const ip of names.ip) hold(by.ip, addressText(ip), (query) => query(ip));
  for (const { shown, text } of names.dns) hold(by.dns, shown, (query) => query(text));
  for (const { shown, text } of names.uri) hold(by.uri, shown, (query) => query(text));
  for (const { shown, text, local } of names.email)
    hold(by.email, shown, (query) => query(local, text));
}
