import { parseGoUrl } from '../../options/values/url.js';
import { fieldOf, noEffect, quote, type DecodedConfig, type RuleProblem } from './rule.js';

/** What Go makes of the texts (golang.org/x/net/http/httpproxy, parseProxy and init): dockerd itself looks at none. */
export function checkProxies({ config }: DecodedConfig): RuleProblem[] {
  const proxies = config.get('proxies');
  return [
    ...['http-proxy', 'https-proxy'].flatMap((name) => checkUrl(name, fieldOf(proxies, name))),
    ...checkExceptions(fieldOf(proxies, 'no-proxy')),
  ];
}

function checkUrl(name: string, value: unknown): RuleProblem[] {
  if (value === '') return [emptied(name)];
  if (typeof value !== 'string') return [];
  const wrong = whatIsWrong(value);
  return wrong === null
    ? []
    : [
        noEffect(
          ['proxies', name],
          `${name} ${value.includes('@') ? '"…"' : quote(value)} is no proxy: ${wrong}`,
          'write http://HOST:PORT',
        ),
      ];
}

/** Measured on 26.1 and 28.5: the variable of the environment stays. */
function emptied(name: string): RuleProblem {
  const variable = name.replace('-', '_').toUpperCase();
  return noEffect(
    ['proxies', name],
    `an empty ${name} says nothing: it does not switch off ${variable} of dockerd's environment`,
    "take it out of the file, and the variable out of dockerd's unit",
  );
}

function whatIsWrong(text: string): string | null {
  if (/\s/.test(text)) return 'it has a space in it';
  const given = parseGoUrl(text);
  // Without a scheme Go puts one before.
  const url =
    given === null || given.scheme === '' || given.host === ''
      ? parseGoUrl(`http://${text}`)
      : given;
  if (url === null) return 'it is no address';
  if (!['http', 'https', 'socks5', 'socks5h'].includes(url.scheme))
    return `its scheme is ${quote(url.scheme)}`;
  return /^https?:?$/i.test(url.host) || url.host === '' || url.host.startsWith(':')
    ? 'it names no host'
    : null;
}

function checkExceptions(value: unknown): RuleProblem[] {
  if (typeof value !== 'string') return [];
  const path = ['proxies', 'no-proxy'];
  const entries = value.split(',').map((entry) => entry.trim());
  return entries.flatMap((entry) => {
    const wrong = exceptionFault(entry);
    return wrong === null
      ? []
      : [noEffect(path, `no-proxy: ${quote(entry)} matches nothing: ${wrong.why}`, wrong.hint)];
  });
}

function exceptionFault(entry: string): { readonly why: string; readonly hint: string } | null {
  if (entry === '' || entry === '*') return null;
  const why = wrongForm(entry);
  if (why !== null) return { why, hint: `write ${quote(meantBy(entry))}` };
  return entry.slice(1).includes('*')
    ? {
        why: 'a * stands only at the beginning of a domain',
        hint: 'write .example.com for all of a domain',
      }
    : null;
}

function wrongForm(entry: string): string | null {
  if (/[;\s|]/.test(entry)) return 'entries are parted by commas';
  if (entry.includes('://')) return 'a scheme is no part of it';
  return STARS.test(entry) ? 'of addresses only blocks are known' : null;
}

const STARS = /^\d+(?:\.\d+)*\.\*/;

/** Done as told, nothing of it is found again. */
function meantBy(entry: string): string {
  const parts = entry.split(/[;\s|]+/).filter((part) => part !== '');
  return parts
    .map((part) => part.replace(/^.*:\/\//, ''))
    .map((part) => (STARS.test(part) ? blockOf(part) : part))
    .join(',');
}

/** `10.0.*` as a block. */
function blockOf(entry: string): string {
  const numbers = entry.split('.').filter((part) => /^\d+$/.test(part));
  return `${[...numbers, '0', '0', '0', '0'].slice(0, 4).join('.')}/${numbers.length * 8}`;
}
