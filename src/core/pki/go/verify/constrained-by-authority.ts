import { addressText } from '../names/address.js';
import { lowerCase } from '../names/lower-case.js';
import { isDomain, isInDomain } from '../names/domain.js';
import { mailboxOf, type Mailbox } from '../names/mailbox.js';
import type { GoCertificate } from '../parse/certificate.js';
import type { Subtrees } from '../parse/name-constraints.js';
import type { GoRules } from '../rules/generation.js';
import { refusalIn, refuse, type RefusalReason, type Refusal } from '../rules/refusal.js';
import { isInRange, outside, uriDomain, UNREADABLE } from './constrained-names.js';

/** verify.go defaultMaxConstraintComparisons. */
const MOST_COMPARISONS = 250_000;

interface Check {
  readonly authority: GoCertificate;
  readonly rules: GoRules;
  comparisons: number;
}

/**
 * Why the authority may not sign for the names below it; null: it may. Up to 1.24 (verify.go isValid,
 * checkNameConstraints): 1.19 looks at the leaf's names and at the authority's own, 1.24 at those of all below.
 */
export function authorityConstraints(
  authority: GoCertificate,
  below: readonly GoCertificate[],
  rules: GoRules,
): Refusal | null {
  const check: Check = { authority, rules, comparisons: 0 };
  const named = rules.constrained === 'all below' ? below : [...below.slice(0, 1), authority];
  return refusalIn(() => {
    for (const certificate of named) checkNames(certificate, check);
  });
}

function checkNames({ alternativeNames: names }: GoCertificate, check: Check): void {
  if (names === null) return;
  const { rules } = check;
  for (const email of names.email) {
    const mailbox = mailboxOf(email, rules) ?? refuse(UNREADABLE('mail address', email));
    compare(check, {
      kind: 'email',
      shown: email,
      fits: (base) => isInMailbox(mailbox, base, rules),
    });
  }
  for (const dns of names.dns) {
    // Whatever kind the constraints are of.
    if (!isDomain(dns, rules)) refuse(UNREADABLE('DNS name', dns));
    compare(check, { kind: 'dns', shown: dns, fits: (base) => isInDomain(dns, base, rules) });
  }
  for (const uri of names.uri)
    compare(check, {
      kind: 'uri',
      shown: uri.text,
      fits: (base) => isInDomain(uriDomain(uri, rules), base, rules),
    });
  for (const ip of names.ip)
    compare(check, { kind: 'ip', shown: addressText(ip), fits: (range) => isInRange(ip, range) });
}

interface Comparison<Kind extends keyof Subtrees> {
  readonly kind: Kind;
  readonly shown: string;
  readonly fits: (base: Subtrees[Kind][number]) => boolean;
}

function compare<Kind extends keyof Subtrees>(
  check: Check,
  { kind, shown, fits }: Comparison<Kind>,
): void {
  const { permitted, excluded } = check.authority.nameConstraints ?? {};
  const [allowed, denied]: readonly (readonly Subtrees[Kind][number][])[] = [
    permitted?.[kind] ?? [],
    excluded?.[kind] ?? [],
  ];
  count(check, denied?.length ?? 0);
  if (denied?.some(fits)) refuse(outside(check.authority, shown, 'excluded'));
  count(check, allowed?.length ?? 0);
  if (allowed !== undefined && allowed.length > 0 && !allowed.some(fits))
    refuse(outside(check.authority, shown, 'not permitted'));
}

function count(check: Check, more: number): void {
  check.comparisons += more;
  if (check.comparisons > MOST_COMPARISONS) refuse(TOO_MANY);
}

const TOO_MANY: RefusalReason = [
  'too-many-constraints',
  `names and name constraints together make more than ${MOST_COMPARISONS} comparisons`,
];

function isInMailbox(mailbox: Mailbox, base: string, rules: GoRules): boolean {
  if (!base.includes('@')) return isInDomain(mailbox.domain, base, rules);
  const wanted = mailboxOf(base, rules);
  return wanted?.local === mailbox.local && lowerCase(wanted.domain) === lowerCase(mailbox.domain);
}
