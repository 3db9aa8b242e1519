import { ipFamily } from '../../../options/values/address.js';
import { stringsOf } from '../../../options/meaning.js';
import { inRange, type EngineVersion } from '../../../options/keys/version.js';
import { NO_CONTAINER, problemsOf, quote, type DecodedConfig, type RuleProblem } from '../rule.js';

/** Lists of addresses and domains (moby opts, ParseIPs and ValidateDNSSearch). */
export function checkAddressLists({ config, engine }: DecodedConfig): RuleProblem[] {
  const trims = inRange(engine, '..24');
  const isServer = (text: string) => {
    if (trims) return ipFamily(text.trim()) !== null;
    return isAddress(inRange(engine, '29..') ? text.replace(/%.+$/, '') : text);
  };
  const each = (key: string, check: (text: string) => boolean) =>
    problemsOf(stringsOf(config.get(key)), (text, index) =>
      check(text) ? NONE : [refusedEntry(key, text, index)],
    );
  return [
    ...each('dns', isServer),
    // netip.Addr, which knows zones.
    ...each('host-gateway-ips', (text) => isAddress(withoutZone(text))),
    ...each(
      'dns-search',
      (text) =>
        text.trim() === '.' || (/[a-z]/i.test(text) && DOMAIN.test(text.replace(/^ +/, ''))),
    ),
    ...checkBlankDns(stringsOf(config.get('dns')), engine),
    ...checkGateways(stringsOf(config.get('host-gateway-ips'))),
  ];
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?\s*$/i;

const NONE: readonly RuleProblem[] = [];

function refusedEntry(key: string, text: string, index: number): RuleProblem {
  const isDomain = key === 'dns-search';
  return {
    code: isDomain ? 'bad-value' : 'bad-address',
    path: [key, index],
    message: `dockerd refuses ${quote(text)} in ${key}`,
    hint: isDomain ? 'write a domain such as "example.com"' : 'write an address such as "10.0.0.1"',
  };
}

/** The decoder takes the empty text and null for no address, and the first container meets it. */
function checkBlankDns(servers: readonly string[], engine: EngineVersion): RuleProblem[] {
  const index = inRange(engine, '25..') ? servers.indexOf('') : -1;
  if (index === -1) return [];
  return [
    {
      code: 'bad-address',
      path: ['dns', index],
      message: `dns has an entry that is empty${NO_CONTAINER}`,
      hint: 'write an address such as "10.0.0.1", or remove the entry',
      stops: 'containers',
      fix: { remove: ['dns', String(index)] },
    },
  ];
}

function checkGateways(addresses: readonly string[]): RuleProblem[] {
  const families = addresses.map(ipFamily);
  if (new Set(families).size === families.length) return [];
  return [
    {
      code: 'bad-address',
      path: ['host-gateway-ips'],
      message: 'host-gateway-ips takes one IPv4 and one IPv6 address at most',
      hint: 'remove the others',
    },
  ];
}

function isAddress(text: string): boolean {
  return text === '' || ipFamily(text) !== null;
}

/** An IPv6 address alone has one. */
function withoutZone(text: string): string {
  const colon = text.indexOf(':');
  const zone = colon < 0 ? -1 : text.indexOf('%', colon);
  return zone < 0 || zone === text.length - 1 ? text : text.slice(0, zone);
}
