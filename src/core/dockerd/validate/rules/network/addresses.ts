import type { Json } from '../../../../formats/json/json-object.js';
import type { HostFacts } from '../../host-facts.js';
import { stringsOf } from '../../../options/meaning.js';
import {
  blockContains,
  ipFamily,
  parseBlock,
  parseCidr,
  type Block,
} from '../../../options/values/address.js';
import { inRange, type EngineVersion } from '../../../options/keys/version.js';
import {
  NO_CONTAINER,
  counted,
  problemsOf,
  textOf,
  fieldOf,
  fieldsOf,
  quote,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';
import { lackingMember } from './pool-members.js';
import { checkPoolRoute } from './pool-route.js';
import type { Stops } from '../../../config/read.js';

/** Lists of addresses, domains and pools. */
export function checkAddressLists(candidate: DecodedConfig): RuleProblem[] {
  return [...checkDns(candidate), ...checkPools(candidate)];
}

const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?\s*$/i;

function checkDns({ config, engine }: DecodedConfig): RuleProblem[] {
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

/** Since 27.0 the decoder checks the base, the start the rest (moby opts/address_pools.go, libnetwork/ipams/defaultipam). */
function checkPools(candidate: DecodedConfig): RuleProblem[] {
  const { config, engine } = candidate;
  const pools = config.get('default-address-pools');
  if (!Array.isArray(pools)) return [];
  const decoded = inRange(engine, '27..');
  // One that a later one replaces is decoded all the same.
  const lists = (decoded ? candidate.members : []).flatMap(([name, list]) =>
    name === 'default-address-pools' && Array.isArray(list) ? [list as readonly Json[]] : [],
  );
  const isWorth = counted();
  const found = (pools as readonly Json[]).flatMap((pool, index): readonly RuleProblem[] => {
    const base = fieldOf(pool, 'base') ?? '';
    const size = fieldOf(pool, 'size') ?? 0;
    const path = ['default-address-pools', index];
    const isAlone = lists.length === 1 && lists[0]?.[index] === pool;
    const bases = isAlone ? [base] : lists.flatMap((list) => basesOf(list[index]));
    const undecoded = bases.find(isUndecoded);
    if (undecoded !== undefined)
      return isWorth('undecoded') ? [noBlock(path, undecoded, 'both')] : NONE;
    if (typeof base !== 'string' || typeof size !== 'number') return NONE;
    const lacking = ['base', 'size'].find((name) => fieldOf(pool, name) === undefined);
    if (lacking !== undefined)
      return isWorth('lacking') ? [lackingMember(candidate, { pool, path }, lacking)] : NONE;
    const block = parseCidr(base);
    if (block === null) return isWorth('block') ? [noBlock(path, base, 'start')] : NONE;
    if (size >= Math.max(block.prefix, 1) && size <= (block.family === 4 ? 32 : 128)) return NONE;
    if (!isWorth('size')) return NONE;
    return [
      {
        code: 'bad-network',
        path,
        message: `a pool /${size} cannot be cut out of ${base}`,
        hint: `write a size from ${Math.max(block.prefix, 1)} to ${block.family === 4 ? 32 : 128}`,
      },
    ];
  });
  return found.length > 0 || pools.length === 0
    ? found
    : checkBridgePool(pools as readonly Json[], candidate);
}

function basesOf(pool: Json | undefined): readonly Json[] {
  return fieldsOf(pool, 'base').map(([, base]) => base);
}

function isUndecoded(base: Json): base is string {
  return typeof base === 'string' && base !== '' && parseCidr(base) === null;
}

function noBlock(path: RuleProblem['path'], base: string, stops: Stops): RuleProblem {
  return {
    code: 'bad-address',
    path,
    message: `the base ${quote(base)} is no address block`,
    hint: 'write a base such as "10.10.0.0/16"',
    stops,
  };
}

/** The default bridge takes the first free IPv4 block of the pools; until 20.10 it must have room for two machines. */
function checkBridgePool(pools: readonly Json[], candidate: DecodedConfig): RuleProblem[] {
  const { engine, host } = candidate;
  // Whoever has a bridge, or its address, asks the pools for none; 20.10 asks where it makes the bridge itself.
  const hasBridge = textOf(candidate, 'bridge') !== '';
  const hasBlock = textOf(candidate, 'bip') !== '';
  const first = pools.find((pool) => blockOf(pool)?.family === 4);
  const size = first === undefined ? null : fieldOf(first, 'size');
  const refused = (
    message: string,
    hint: string,
    isAsked = !hasBridge && !hasBlock,
  ): RuleProblem => ({
    code: 'bad-network',
    path: ['default-address-pools'],
    message: isAsked ? message : message.replace('the default bridge', 'a new network'),
    hint,
    stops: isAsked ? 'start' : 'nothing',
  });
  if (size === null)
    return [
      refused(
        'the default bridge finds no IPv4 block in the pools',
        'add a pool such as {"base": "10.10.0.0/16", "size": 24}',
      ),
    ];
  if (typeof size === 'number' && size > 30 && inRange(engine, '..20')) {
    return [
      refused(
        `a block /${size} is too small for the default bridge`,
        'write a size of 30 or less for the first pool',
      ),
    ];
  }
  const free = blocksWithRoom(pools, host);
  return free.length > 0
    ? checkPoolRoute(candidate, free)
    : [
        refused(
          'every block of the pools meets a route or a name server of this machine: the default bridge finds none that is free',
          'add a pool of addresses that nothing here uses',
          !hasBridge && (!hasBlock || inRange(engine, '..20')),
        ),
      ];
}

/** The IPv4 pools of which a block lies apart from the machine's routes and name servers (libnetwork/ipams/defaultipam, allocatePredefinedPool). */
function blocksWithRoom(pools: readonly Json[], { usedNetworks = [] }: HostFacts): Block[] {
  const used = usedNetworks.map(parseBlock).filter((block) => block !== null);
  return pools.flatMap((pool) => {
    const base = blockOf(pool);
    return base?.family === 4 && hasRoom(base, fieldOf(pool, 'size'), used) ? [base] : [];
  });
}

function hasRoom(base: Block, size: Json | undefined, used: readonly Block[]): boolean {
  // What is no number is told by its type.
  if (typeof size !== 'number' || used.length === 0) return true;
  if (used.some((block) => block.prefix <= base.prefix && blockContains(block, base.network)))
    return false;
  const taken = used
    .filter((block) => block.prefix >= size && blockContains(base, block.network))
    .map((block) => parseBlock(`${block.network}/${size}`)?.network);
  return new Set(taken).size < 2 ** (size - base.prefix);
}

function isAddress(text: string): boolean {
  return text === '' || ipFamily(text) !== null;
}

function blockOf(pool: Json): Block | null {
  const base = fieldOf(pool, 'base');
  return typeof base === 'string' ? parseBlock(base) : null;
}

/** An IPv6 address alone has one. */
function withoutZone(text: string): string {
  const colon = text.indexOf(':');
  const zone = colon < 0 ? -1 : text.indexOf('%', colon);
  return zone < 0 || zone === text.length - 1 ? text : text.slice(0, zone);
}
