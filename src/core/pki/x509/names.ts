import { domainToASCII } from 'node:url';
import { DockerctlError } from '../../../errors.js';
import { printable } from '../../text/printable.js';
import { addressBytes, addressText } from './ip.js';
import { refusalOf } from './name-refusals.js';

export type NameKind = 'dns' | 'ip' | 'email' | 'uri';

/** One subject alternative name (RFC 5280 4.2.1.6). `value` is ASCII: A-labels in lower case, addresses in their canonical form. */
export interface SubjectName {
  readonly kind: NameKind;
  readonly value: string;
}

/** What the operator typed, by the option it was given to. */
export interface NameRequest {
  readonly domains: readonly string[];
  readonly ips: readonly string[];
  readonly emails: readonly string[];
  readonly uris: readonly string[];
}

export interface ParsedNames {
  /** Without duplicates, in the order typed: domains, addresses, mail, URIs. */
  readonly names: readonly SubjectName[];
  readonly notes: readonly string[];
}

/** Throws `invalid-value` for the first name that no client would match. */
export function parseNames(request: NameRequest): ParsedNames {
  const parsed = [
    ...request.domains.map(parseDomain),
    ...request.ips.map(parseAddress),
    ...request.emails.map(parseEmail),
    ...request.uris.map(parseUri),
  ];
  const unique = new Map(parsed.map(({ name }) => [formatName(name), name]));
  return { names: [...unique.values()], notes: parsed.flatMap(({ note }) => note ?? []) };
}

/** `dns:registry.example.com`: how names are written in the index and compared. */
export const formatName = ({ kind, value }: SubjectName): string => `${kind}:${value}`;

interface ParsedName {
  readonly name: SubjectName;
  readonly note?: string;
}

function parseDomain(text: string): ParsedName {
  const typed = text.trim();
  const address = addressBytes(typed.replace(/^\[(.*)\]$/u, '$1'));
  if (address !== null) {
    const value = addressText(address);
    return {
      name: { kind: 'ip', value },
      note: `${value} is an address: it went to the IP names, where clients look for it`,
    };
  }
  const ascii = toAscii(typed.replace(/\.$/u, ''));
  const refusal = refusalOf(typed, ascii);
  if (refusal !== null) {
    throw refused({ typed, kind: 'a domain name', ...refusal, hint: refusal.hint(typed) });
  }
  return { name: { kind: 'dns', value: ascii } };
}

/** What a client connects to, as a certificate has it, however it is typed: with a port, in brackets, with a final dot, in its own script. */
export function parseHost(text: string): string {
  const typed = text.trim();
  const bare = addressBytes(typed) === null ? typed.replace(/:\d+$/u, '') : typed;
  const address = addressBytes(bare.replace(/^\[(.*)\]$/u, '$1'));
  if (address !== null) return addressText(address);
  return toAscii(bare.replace(/\.$/u, '')) || bare;
}

/** Lower case and A-labels; the empty string where IDNA (UTS 46) has no form for it. */
function toAscii(text: string): string {
  // domainToASCII also reads numbers and percent signs as a browser does; plain ASCII is not its business.
  if (/^[\u0000-\u007f]*$/u.test(text)) return text.toLowerCase();
  const wildcard = text.startsWith('*.') ? '*.' : '';
  const ascii = domainToASCII(text.slice(wildcard.length));
  return ascii === '' ? '' : wildcard + ascii;
}

function parseAddress(text: string): ParsedName {
  const typed = text.trim().replace(/^\[(.*)\]$/u, '$1');
  const bytes = addressBytes(typed);
  if (bytes !== null) return { name: { kind: 'ip', value: addressText(bytes) } };
  const range = /[/-]/u.test(typed);
  throw refused({
    typed,
    kind: 'an IP address',
    reason: range
      ? 'a certificate names single addresses, not ranges'
      : typed.includes('%')
        ? 'a zone has a meaning on one machine only'
        : 'it is neither IPv4 nor IPv6',
    hint: range
      ? '--ip 192.0.2.10 --ip 192.0.2.11'
      : '--ip 192.0.2.10, or --domain NAME for a name',
  });
}

function parseEmail(text: string): ParsedName {
  const typed = text.trim();
  const [, local = '', domain = ''] =
    /^([\w.!#$%&'*+/=?^`{|}~-]+)@([a-z0-9.-]+)$/iu.exec(typed) ?? [];
  if (local !== '' && typed.length <= 254) {
    return { name: { kind: 'email', value: `${local}@${domain.toLowerCase()}` } };
  }
  const hint = '--email admin@example.com';
  throw refused({ typed, kind: 'a mail address', reason: 'it is not user@domain in ASCII', hint });
}

function parseUri(text: string): ParsedName {
  const typed = text.trim();
  if (/^[a-z][a-z0-9+.-]*:[\u0021-\u007e]+$/iu.test(typed) && URL.canParse(typed)) {
    return { name: { kind: 'uri', value: typed } };
  }
  const hint = '--uri spiffe://example.com/registry';
  throw refused({ typed, kind: 'a URI', reason: 'it needs a scheme and ASCII only', hint });
}

interface RefusedName {
  readonly typed: string;
  readonly kind: string;
  readonly reason: string;
  readonly hint: string;
}

const refused = ({ typed, kind, reason, hint }: RefusedName): DockerctlError =>
  new DockerctlError({
    code: 'invalid-value',
    message: `"${printable(typed)}" is not ${kind} for a certificate: ${reason}.`,
    hint,
  });
