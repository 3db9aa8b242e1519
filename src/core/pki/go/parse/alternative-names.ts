import { cursor, enter, isAtEnd, readAny } from '../der/cursor.js';
import { isAscii } from '../der/strings.js';
import { contextTag, TAG } from '../../asn1/tags.js';
import { addressText, isMapped } from '../names/address.js';
import { isDomain } from '../names/domain.js';
import { urlHost } from '../names/url-host.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';

/** The kinds of names that Go reads; text in latin1. */
export interface AlternativeNames {
  readonly email: readonly string[];
  /** Not checked: any ASCII. */
  readonly dns: readonly string[];
  /** `host` with its port; '' where there is none. */
  readonly uri: readonly { readonly text: string; readonly host: string }[];
  /** 4 or 16 octets. */
  readonly ip: readonly Buffer[];
}

const MALFORMED: RefusalReason = [
  'alternative-name-malformed',
  'its subject alternative names are malformed',
];

/** RFC 5280 4.2.1.6. */
export const NAME_TAG = {
  email: contextTag(1),
  dns: contextTag(2),
  uri: contextTag(6),
  ip: contextTag(7),
} as const;

/** parser.go parseSANExtension. Names of other kinds are passed over. */
export function readAlternativeNames(value: Buffer, rules: GoRules): AlternativeNames {
  const names = {
    email: [] as string[],
    dns: [] as string[],
    uri: [] as { text: string; host: string }[],
    ip: [] as Buffer[],
  };
  for (const list = enter(cursor(value), TAG.sequence, MALFORMED); !isAtEnd(list);) {
    const { tag, content } = readAny(list) ?? refuse(MALFORMED);
    if (tag === NAME_TAG.email) names.email.push(asciiOf(content));
    else if (tag === NAME_TAG.dns) names.dns.push(asciiOf(content));
    else if (tag === NAME_TAG.uri) names.uri.push(readUrl(asciiOf(content), rules));
    else if (tag === NAME_TAG.ip) names.ip.push(readAddress(content, rules));
  }
  return names;
}

export const isEmpty = ({ email, dns, uri, ip }: AlternativeNames): boolean =>
  email.length + dns.length + uri.length + ip.length === 0;

function asciiOf(content: Buffer): string {
  const text = content.toString('latin1');
  if (isAscii(content)) return text;
  return refuse([
    'alternative-name-malformed',
    `its alternative name ${JSON.stringify(content.toString('utf8').slice(0, 80))} is not ASCII`,
  ]);
}

function readUrl(text: string, rules: GoRules) {
  const host = urlHost(text, rules);
  if (host !== '' && !isDomain(host, rules))
    refuse([
      'alternative-url-malformed',
      `the host of ${JSON.stringify(text.slice(0, 80))} is none`,
    ]);
  return { text, host };
}

function readAddress(content: Buffer, { noMappedAddresses }: GoRules): Buffer {
  if (content.length !== 4 && content.length !== 16)
    refuse(['alternative-address-length', `one of its addresses has ${content.length} octets`]);
  if (noMappedAddresses && isMapped(content))
    refuse(['alternative-address-mapped', `its address ${addressText(content)} is an IPv4 one`]);
  return content;
}
