import { printable } from '../../../text/printable.js';
import { cursor, enter, isAtEnd, readAny, take, type Cursor, type Element } from '../der/cursor.js';
import { textOf } from '../der/strings.js';
import { TAG } from '../../asn1/tags.js';
import { timeOf } from '../der/time.js';
import { bitsOf, booleanOf, oidOf, smallOf } from '../der/values.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';

/** A subject or issuer. Go compares `raw`, so that types of strings, letters and blanks count. */
export interface DistinguishedName {
  readonly raw: Buffer;
  /** For people: `CN=Example CA, O=Example`; `(no name)` where it has no part. */
  readonly text: string;
}

const MALFORMED: RefusalReason = ['name-malformed', 'its subject or issuer is no name'];

/** parser.go parseName: a SEQUENCE of SETs, each of type and value; either may be empty. */
export function readName(from: Cursor, rules: GoRules): DistinguishedName {
  const element = readAny(from);
  if (element?.tag !== TAG.sequence) return refuse(MALFORMED);
  const parts: string[] = [];
  for (const sets = cursor(element.content); !isAtEnd(sets);) {
    for (const set = enter(sets, TAG.set, MALFORMED); !isAtEnd(set);)
      parts.push(readAttribute(enter(set, TAG.sequence, MALFORMED), rules));
  }
  const text = parts.length === 0 ? '(no name)' : printable(parts.join(', '));
  return { raw: element.whole, text };
}

function readAttribute(from: Cursor, rules: GoRules): string {
  const type = oidOf(take(from, TAG.oid, MALFORMED), rules);
  if (type === null)
    return refuse(['identifier-too-large', 'the type of an attribute in a name is too large']);
  const value = readAny(from) ?? refuse(MALFORMED);
  const text = textOf(value.tag, value.content, rules);
  if (text === null) checkOther(value, rules);
  return `${SHORT[type] ?? type}=${text ?? value.content.toString('latin1')}`;
}

/** parser.go parseASN1Any of 1.27: types that are known are read, all others taken as they are. */
function checkOther(value: Element, rules: GoRules): void {
  if (!rules.anyAttributeType)
    refuse(['name-type-unsupported', `a value in a name has type ${value.tag}`]);
  const { tag, content } = value;
  if (tag === TAG.boolean) booleanOf(content, MALFORMED);
  const isWrong =
    (tag === TAG.integer && smallOf(content) === null) ||
    (tag === TAG.bits && bitsOf(content) === null) ||
    (tag === TAG.oid && oidOf(content, rules) === null) ||
    ((tag === TAG.utcTime || tag === TAG.generalizedTime) && timeOf(value, rules) === null);
  if (isWrong) refuse(MALFORMED);
}

/** RFC 4519, as OpenSSL abbreviates them. */
const SHORT: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '1.2.840.113549.1.9.1': 'emailAddress',
};
