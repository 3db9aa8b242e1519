import type { GoRules } from '../rules/generation.js';
import { refuse } from '../rules/refusal.js';
import { lowerCase } from './lower-case.js';
import { hostOf, unescape } from './url-authority.js';

const USERINFO = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const CONTROL = /[\x00-\x1f\x7f]/;

/** The host of a URL, with its port; '' where it has none (net/url Parse). Refused: what Go does not parse. */
export function urlHost(url: string, rules: GoRules): string {
  const [text = '', ...fragments] = url.split('#');
  if (CONTROL.test(text)) return refuse(bad(url));
  const host = text === '*' ? '' : hostIn(text, url, rules);
  unescape(fragments.join('#'), 'elsewhere');
  return host;
}

function hostIn(text: string, url: string, rules: GoRules): string {
  const { scheme, rest } = schemeOf(text, url);
  const question = rest.indexOf('?');
  const path = question < 0 ? rest : rest.slice(0, question);
  if (!path.startsWith('/')) {
    if (scheme !== '') return '';
    if (path.split('/', 1)[0]?.includes(':')) refuse(bad(url));
  }
  const hasAuthority = path.startsWith('//') && (scheme !== '' || !path.startsWith('///'));
  if (!hasAuthority) {
    unescape(path, 'elsewhere');
    return '';
  }
  const slash = path.indexOf('/', 2);
  const authority = slash < 0 ? path.slice(2) : path.slice(2, slash);
  const at = authority.lastIndexOf('@');
  const isWeb = scheme === 'http' || scheme === 'https';
  const host = hostOf(authority.slice(at + 1), rules, rules.oneColonInHosts && isWeb);
  if (at >= 0) {
    const user = authority.slice(0, at);
    if (!USERINFO.test(user)) refuse(bad(url));
    unescape(user, 'elsewhere');
  }
  unescape(slash < 0 ? '' : path.slice(slash), 'elsewhere');
  return host;
}

/** Letters first, then also digits, plus, minus and dot; a colon ends it (net/url getScheme). */
function schemeOf(text: string, url: string): { readonly scheme: string; readonly rest: string } {
  if (text.startsWith(':')) refuse(bad(url));
  const [written = '', scheme = ''] = /^([a-zA-Z][a-zA-Z0-9+\-.]*):/.exec(text) ?? [];
  return { scheme: lowerCase(scheme), rest: text.slice(written.length) };
}

const bad = (url: string) =>
  ['alternative-url-malformed', `${JSON.stringify(url.slice(0, 120))} is no URL`] as const;
