import { cursor, enter, isAtEnd, isNext, read, readAny } from '../der/cursor.js';
import { isAscii } from '../der/strings.js';
import { explicitTag, TAG } from '../../asn1/tags.js';
import { addressOf, isMapped } from '../names/address.js';
import { isConstraintBase } from '../names/domain.js';
import { mailboxOf } from '../names/mailbox.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';
import { NAME_TAG } from './alternative-names.js';

export interface AddressRange {
  readonly address: Buffer;
  readonly mask: Buffer;
}

/** Bases of one side. Of DNS, mail and URIs as text. */
export interface Subtrees {
  readonly dns: readonly string[];
  readonly email: readonly string[];
  readonly uri: readonly string[];
  readonly ip: readonly AddressRange[];
}

export interface GoNameConstraints {
  readonly permitted: Subtrees;
  readonly excluded: Subtrees;
  /** There are kinds that Go does not handle: directoryName and all others. */
  readonly hasOthers: boolean;
}

const MALFORMED: RefusalReason = ['constraints-malformed', 'its name constraints are malformed'];

/** parser.go parseNameConstraintsExtension. minimum and maximum are not read. */
export function readNameConstraints(value: Buffer, rules: GoRules): GoNameConstraints {
  const outer = cursor(value);
  const sides = enter(outer, TAG.sequence, MALFORMED);
  if (!isAtEnd(outer)) refuse(MALFORMED);
  const side = (number: number): Buffer | null =>
    isNext(sides, explicitTag(number))
      ? (read(sides, explicitTag(number)) ?? refuse(MALFORMED)).content
      : null;
  const permitted = side(0) ?? Buffer.of();
  const excluded = side(1) ?? Buffer.of();
  if (!isAtEnd(sides)) refuse(MALFORMED);
  if (permitted.length + excluded.length === 0)
    refuse(['constraints-empty', 'its name constraints name nothing']);
  const [one, other] = [readSubtrees(permitted, rules), readSubtrees(excluded, rules)];
  return { permitted: one, excluded: other, hasOthers: one.hasOthers || other.hasOthers };
}

function readSubtrees(content: Buffer, rules: GoRules) {
  const trees = {
    dns: [] as string[],
    email: [] as string[],
    uri: [] as string[],
    ip: [] as AddressRange[],
    hasOthers: false,
  };
  for (const list = cursor(content); !isAtEnd(list);) {
    const base = readAny(enter(list, TAG.sequence, MALFORMED)) ?? refuse(MALFORMED);
    const text = base.content.toString('latin1');
    const checked = (isValid: boolean): string =>
      isAscii(base.content) && isValid ? text : refuse(invalid(text));
    switch (base.tag) {
      case NAME_TAG.dns:
        trees.dns.push(checked(isConstraintBase(text, rules)));
        break;
      case NAME_TAG.email:
        trees.email.push(
          checked(
            text.includes('@') ? mailboxOf(text, rules) !== null : isConstraintBase(text, rules),
          ),
        );
        break;
      case NAME_TAG.uri:
        trees.uri.push(
          checked(addressOf(text, 'no zone') === null && isConstraintBase(text, rules)),
        );
        break;
      case NAME_TAG.ip:
        trees.ip.push(readRange(base.content, rules));
        break;
      default:
        trees.hasOthers = true;
    }
  }
  return trees;
}

const invalid = (base: string): RefusalReason => [
  'constraints-name-invalid',
  `the base ${JSON.stringify(base.slice(0, 80))} of its name constraints is invalid`,
];

function readRange(content: Buffer, { noMappedAddresses }: GoRules): AddressRange {
  const half = content.length / 2;
  const address = content.subarray(0, half);
  const mask = content.subarray(half);
  if (half !== 4 && half !== 16)
    refuse(['constraints-address-invalid', 'a range of its name constraints has no mask']);
  if (!isContiguous(mask))
    refuse(['constraints-address-invalid', 'the mask of a range in its name constraints has gaps']);
  if (noMappedAddresses && isMapped(address))
    refuse([
      'constraints-address-invalid',
      'a range of its name constraints is IPv4 written as IPv6',
    ]);
  return { address, mask };
}

const isContiguous = (mask: Buffer): boolean =>
  /^1*0*$/.test([...mask].map((byte) => byte.toString(2).padStart(8, '0')).join(''));
