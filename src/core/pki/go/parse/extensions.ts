import { cursor, enter, isAtEnd, isNext, read, take, type Cursor } from '../der/cursor.js';
import { explicitTag, contextTag, TAG } from '../../asn1/tags.js';
import { bitsOf, booleanOf, isLongOid, oidOf, smallOf } from '../der/values.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';
import {
  isEmpty,
  NAME_TAG,
  readAlternativeNames,
  type AlternativeNames,
} from './alternative-names.js';
import { readNameConstraints, type GoNameConstraints } from './name-constraints.js';

export interface BasicConstraints {
  readonly isAuthority: boolean;
  /** null: no limit. */
  readonly pathLength: bigint | null;
}

/** RFC 5280 4.2.2.1. */
const CA_ISSUERS = '1.3.6.1.5.5.7.48.2';

/** What Go reads of the extensions. Policies as the content of their OIDs in hex, for any of them is larger than text. */
export interface Extensions {
  basicConstraints: BasicConstraints | null;
  /** RFC 5280 4.2.1.3, bit 0 first; 0 where there is no such extension, or none of its bits is set. */
  keyUsage: number;
  alternativeNames: AlternativeNames | null;
  /** The extension's own bytes. */
  alternativeNamesValue: Buffer | null;
  nameConstraints: GoNameConstraints | null;
  subjectKeyId: Buffer;
  authorityKeyId: Buffer;
  extendedKeyUsage: string[];
  policies: string[];
  policyMappings: (readonly [from: string, to: string])[];
  /** How many more certificates until it holds (RFC 5280 4.2.1.11, 4.2.1.14); null: it never does. */
  requireExplicitPolicy: bigint | null;
  inhibitPolicyMapping: bigint | null;
  inhibitAnyPolicy: bigint | null;
  /** Where the issuer's certificate can be had (authorityInfoAccess, caIssuers). */
  issuerUrls: string[];
  /** Critical ones that Go does not handle. */
  unhandled: string[];
}

export const noExtensions = (): Extensions => ({
  basicConstraints: null,
  keyUsage: 0,
  alternativeNames: null,
  alternativeNamesValue: null,
  nameConstraints: null,
  subjectKeyId: Buffer.of(),
  authorityKeyId: Buffer.of(),
  extendedKeyUsage: [],
  policies: [],
  policyMappings: [],
  requireExplicitPolicy: null,
  inhibitPolicyMapping: null,
  inhibitAnyPolicy: null,
  issuerUrls: [],
  unhandled: [],
});

/** Writes what one extension says into `found`; false: Go does not handle it, or not all that it says. */
type Reader = (value: Buffer, found: Extensions, rules: GoRules) => boolean;

interface Row {
  readonly name: string;
  readonly read: Reader;
  /** From the generation on that looks at policies; before, it is an extension like any other. */
  readonly isPolicy?: true;
  readonly mayBeCritical?: false;
}

const malformed = (what: string): RefusalReason => [
  'extension-malformed',
  `its ${what} is malformed`,
];

/** An extension that says nothing is as if it were not there. */
const READERS: Readonly<Record<string, Row>> = {
  '2.5.29.14': { name: 'subjectKeyIdentifier', read: readSubjectKeyId, mayBeCritical: false },
  '2.5.29.15': { name: 'keyUsage', read: readKeyUsage },
  '2.5.29.17': { name: 'subjectAltName', read: readNames },
  '2.5.29.19': { name: 'basicConstraints', read: readBasicConstraints },
  '2.5.29.30': { name: 'nameConstraints', read: readConstraints },
  '2.5.29.31': { name: 'cRLDistributionPoints', read: readCrlPoints },
  '2.5.29.32': { name: 'certificatePolicies', read: readPolicies },
  '2.5.29.33': { name: 'policyMappings', read: readMappings, isPolicy: true },
  '2.5.29.35': { name: 'authorityKeyIdentifier', read: readAuthorityKeyId, mayBeCritical: false },
  '2.5.29.36': { name: 'policyConstraints', read: readPolicyConstraints, isPolicy: true },
  '2.5.29.37': { name: 'extendedKeyUsage', read: readUsages },
  '2.5.29.54': { name: 'inhibitAnyPolicy', read: readInhibitAny, isPolicy: true },
  '1.3.6.1.5.5.7.1.1': { name: 'authorityInfoAccess', read: readInfoAccess, mayBeCritical: false },
};

export interface RawExtension {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: Buffer;
}

/** parser.go processExtensions. */
export function readExtensions(list: readonly RawExtension[], rules: GoRules): Extensions {
  const found = noExtensions();
  for (const { oid, isCritical, value } of list) {
    const row = READERS[oid];
    const reader = row?.isPolicy === true && !rules.policies ? undefined : row;
    if (isCritical && reader?.mayBeCritical === false && rules.identifiersNotCritical)
      refuse(['extension-wrongly-critical', `its ${reader.name} is marked critical`]);
    const isHandled = reader?.read(value, found, rules) ?? false;
    if (!isHandled && isCritical) found.unhandled.push(row?.name ?? oid);
  }
  return found;
}

function readKeyUsage(value: Buffer, found: Extensions): boolean {
  const { bytes, unused } =
    bitsOf(read(cursor(value), TAG.bits)?.content) ?? refuse(malformed('keyUsage'));
  const count = Math.min(9, bytes.length * 8 - unused);
  for (let bit = 0; bit < count; bit += 1)
    if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) found.keyUsage |= 1 << bit;
  return true;
}

function readBasicConstraints(value: Buffer, found: Extensions, rules: GoRules): boolean {
  const bad = malformed('basicConstraints');
  const from = enter(cursor(value), TAG.sequence, bad);
  const isAuthority = isNext(from, TAG.boolean)
    ? booleanOf(take(from, TAG.boolean, bad), bad)
    : false;
  const written = isNext(from, TAG.integer) ? integerIn(from, bad) : null;
  if (written !== null && written < 0n && rules.pathLengthNotNegative)
    refuse(['path-length-negative', 'its path length is negative']);
  const pathLength = written !== null && written >= 0n ? written : null;
  found.basicConstraints = { isAuthority, pathLength };
  return true;
}

const integerIn = (from: Cursor, bad: RefusalReason, tag: number = TAG.integer): bigint =>
  smallOf(take(from, tag, bad)) ?? refuse(bad);

function readNames(value: Buffer, found: Extensions, rules: GoRules): boolean {
  found.alternativeNames = readAlternativeNames(value, rules);
  found.alternativeNamesValue = value;
  return !isEmpty(found.alternativeNames);
}

function readConstraints(value: Buffer, found: Extensions, rules: GoRules): boolean {
  found.nameConstraints = readNameConstraints(value, rules);
  return !found.nameConstraints.hasOthers;
}

function readCrlPoints(value: Buffer): boolean {
  const bad = malformed('cRLDistributionPoints');
  for (const list = enter(cursor(value), TAG.sequence, bad); !isAtEnd(list);) {
    const point = enter(list, TAG.sequence, bad);
    if (!isNext(point, explicitTag(0))) continue;
    const name = enter(point, explicitTag(0), bad);
    if (!isNext(name, explicitTag(0)))
      refuse(['crl-point-relative', 'a CRL distribution point is relative to its issuer']);
    const full = enter(name, explicitTag(0), bad);
    while (isNext(full, NAME_TAG.uri)) take(full, NAME_TAG.uri, bad);
  }
  return true;
}

function readAuthorityKeyId(value: Buffer, found: Extensions): boolean {
  const bad = malformed('authorityKeyIdentifier');
  const from = enter(cursor(value), TAG.sequence, bad);
  if (isNext(from, contextTag(0))) found.authorityKeyId = take(from, contextTag(0), bad);
  return true;
}

function readSubjectKeyId(value: Buffer, found: Extensions): boolean {
  found.subjectKeyId = take(cursor(value), TAG.octets, malformed('subjectKeyIdentifier'));
  return true;
}

function readUsages(value: Buffer, found: Extensions, rules: GoRules): boolean {
  const bad = malformed('extendedKeyUsage');
  for (const list = enter(cursor(value), TAG.sequence, bad); !isAtEnd(list);)
    found.extendedKeyUsage.push(oidIn(list, bad, rules));
  return true;
}

const oidIn = (from: Cursor, bad: RefusalReason, rules: GoRules): string =>
  oidOf(take(from, TAG.oid, bad), rules) ??
  refuse(['identifier-too-large', `${bad[1]}: an object identifier in it is too large`]);

function readPolicies(value: Buffer, found: Extensions, rules: GoRules): boolean {
  const bad = malformed('certificatePolicies');
  for (const list = enter(cursor(value), TAG.sequence, bad); !isAtEnd(list);) {
    const policy = enter(list, TAG.sequence, bad);
    if (!rules.policies) {
      oidIn(policy, bad, rules);
      continue;
    }
    const content = take(policy, TAG.oid, bad);
    if (!isLongOid(content)) refuse(bad);
    const hex = content.toString('hex');
    if (found.policies.includes(hex))
      refuse(['policy-duplicate', 'it names the same certificate policy twice']);
    found.policies.push(hex);
  }
  return true;
}

function readPolicyConstraints(value: Buffer, found: Extensions): boolean {
  const bad = malformed('policyConstraints');
  const from = enter(cursor(value), TAG.sequence, bad);
  const field = (tag: number) => (isNext(from, tag) ? countOf(integerIn(from, bad, tag)) : null);
  found.requireExplicitPolicy = field(contextTag(0));
  found.inhibitPolicyMapping = field(contextTag(1));
  return true;
}

/** A negative count never holds. */
const countOf = (value: bigint): bigint | null => (value < 0n ? null : value);

function readMappings(value: Buffer, found: Extensions): boolean {
  const bad = malformed('policyMappings');
  for (const list = enter(cursor(value), TAG.sequence, bad); !isAtEnd(list);) {
    const mapping = enter(list, TAG.sequence, bad);
    const next = () => take(mapping, TAG.oid, bad).toString('hex');
    found.policyMappings.push([next(), next()]);
  }
  return true;
}

function readInhibitAny(value: Buffer, found: Extensions): boolean {
  found.inhibitAnyPolicy = countOf(integerIn(cursor(value), malformed('inhibitAnyPolicy')));
  return true;
}

function readInfoAccess(value: Buffer, found: Extensions, rules: GoRules): boolean {
  const bad = malformed('authorityInfoAccess');
  for (const list = enter(cursor(value), TAG.sequence, bad); !isAtEnd(list);) {
    const access = enter(list, TAG.sequence, bad);
    const method = oidIn(access, bad, rules);
    if (!isNext(access, NAME_TAG.uri)) continue;
    const url = take(access, NAME_TAG.uri, bad).toString('latin1');
    if (method === CA_ISSUERS) found.issuerUrls.push(url);
  }
  return true;
}
