import type { GoRules } from '../rules/generation.js';
import { refuse, type RefusalReason } from '../rules/refusal.js';
import { addressOf } from './address.js';

type HostPart = 'host' | 'zone' | 'elsewhere';

const HOST_CHARACTER = /[A-Za-z0-9!$&'()*+,;=:[\]<>"\-_.~]/;
const PORT = /^(?::\d*)?$/;

/** net/url parseHost: host and port, unescaped. */
export function hostOf(host: string, rules: GoRules, oneColon: boolean): string {
  if (rules.bracketsHoldAddresses ? host.includes('[') : host.startsWith('['))
    return rules.bracketsHoldAddresses ? bracketedAddress(host) : bracketed(host);
  const colon = oneColon ? host.indexOf(':') : host.lastIndexOf(':');
  if (colon >= 0 && !PORT.test(host.slice(colon))) refuse(bad(host));
  return unescape(host, 'host');
}

function bracketed(host: string): string {
  const close = host.lastIndexOf(']');
  if (close < 0 || !PORT.test(host.slice(close + 1))) refuse(bad(host));
  const zone = host.slice(0, close).indexOf('%25');
  if (zone < 0) return unescape(host, 'host');
  return (
    unescape(host.slice(0, zone), 'host') +
    unescape(host.slice(zone, close), 'zone') +
    unescape(host.slice(close), 'host')
  );
}

function bracketedAddress(host: string): string {
  const close = host.lastIndexOf(']');
  if (host.lastIndexOf('[') !== 0 || close < 0) refuse(bad(host));
  const port = host.slice(close + 1);
  if (!PORT.test(port)) refuse(bad(host));
  const name = host.slice(1, close);
  const zone = name.indexOf('%25');
  const address =
    zone < 0
      ? unescape(name, 'host')
      : unescape(name.slice(0, zone), 'host') + unescape(name.slice(zone), 'zone');
  if (!address.includes(':') || addressOf(address, 'may have a zone') === null) refuse(bad(host));
  return `[${address}]${port}`;
}

/** net/url unescape: which escapes, and in a host which characters, stand where. */
export function unescape(text: string, place: HostPart): string {
  let out = '';
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? '';
    if (character !== '%') {
      if (place !== 'elsewhere' && character < '\x80' && !HOST_CHARACTER.test(character))
        refuse(bad(text));
      out += character;
      at += 1;
      continue;
    }
    const digits = text.slice(at + 1, at + 3);
    if (!/^[0-9a-fA-F]{2}$/.test(digits)) refuse(bad(text));
    const code = parseInt(digits, 16);
    if (!mayEscape(code, place)) refuse(bad(text));
    out += String.fromCharCode(code);
    at += 3;
  }
  return out;
}

const PERCENT = 0x25;
const SPACE = 0x20;

function mayEscape(code: number, place: HostPart): boolean {
  if (place === 'elsewhere' || code === PERCENT) return true;
  if (place === 'host') return code >= 0x80;
  return code === SPACE || HOST_CHARACTER.test(String.fromCharCode(code));
}

const bad = (text: string): RefusalReason => [
  'alternative-url-malformed',
  `${JSON.stringify(text.slice(0, 120))} in a URL among its names is not allowed there`,
];
