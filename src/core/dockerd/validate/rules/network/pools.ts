import { memberOf, type Json } from '../../../../formats/json/json-object.js';
import { inRange } from '../../../options/keys/version.js';
import {
  blockContains,
  parseBlock,
  parseCidr,
  type Block,
} from '../../../options/values/address.js';
import type { Stops } from '../../../config/read.js';
import type { HostFacts } from '../../host-facts.js';
import { counted, fieldsOf, quote, textOf, type DecodedConfig, type RuleProblem } from '../rule.js';
import { lackingMember } from './pool-members.js';
import { checkPoolRoute } from './pool-route.js';

/** Since 27.0 the decoder checks the base, the start the rest (moby opts/address_pools.go, libnetwork/ipams/defaultipam). */
export function checkPools(candidate: DecodedConfig): RuleProblem[] {
  const list = candidate.config.get('default-address-pools');
  if (!Array.isArray(list) || list.length === 0) return [];
  const pools = list as readonly Json[];
  const lists = decodedLists(candidate);
  const isAlone = lists.length === 1;
  const isWorth = counted();
  const found = pools.flatMap((pool, index): readonly RuleProblem[] => {
    const path = ['default-address-pools', index];
    const bases =
      isAlone && lists[0]?.[index] === pool
        ? [memberOf(pool, 'base') ?? '']
        : lists.flatMap((one) => basesOf(one[index]));
    const undecoded = bases.find(isUndecoded);
    if (undecoded !== undefined)
      return isWorth('undecoded') ? [noBlock(path, undecoded, 'both')] : NONE;
    return checkPool(candidate, { pool, path }, isWorth);
  });
  return found.length > 0 ? found : checkBridgePool(pools, candidate);
}

const NONE: readonly RuleProblem[] = [];

/** The lists that the decoder looks at since 27.0: one that a later one replaces, too. */
function decodedLists({ engine, members }: DecodedConfig): (readonly Json[])[] {
  if (!inRange(engine, '27..')) return [];
  return members.flatMap(([name, list]) =>
    name === 'default-address-pools' && Array.isArray(list) ? [list as readonly Json[]] : [],
  );
}

interface PlacedPool {
  readonly pool: Json;
  readonly path: RuleProblem['path'];
}

function checkPool(
  candidate: DecodedConfig,
  placed: PlacedPool,
  isWorth: (kind: string) => boolean,
): readonly RuleProblem[] {
  const { pool, path } = placed;
  const [base = '', size = 0] = [memberOf(pool, 'base'), memberOf(pool, 'size')];
  // Told by its type.
  if (typeof base !== 'string' || typeof size !== 'number') return NONE;
  const lacking = ['base', 'size'].find((name) => memberOf(pool, name) === undefined);
  if (lacking !== undefined)
    return isWorth('lacking') ? [lackingMember(candidate, placed, lacking)] : NONE;
  const block = parseCidr(base);
  if (block === null) return isWorth('block') ? [noBlock(path, base, 'start')] : NONE;
  const [least, most] = [Math.max(block.prefix, 1), block.family === 4 ? 32 : 128];
  if ((size >= least && size <= most) || !isWorth('size')) return NONE;
  return [
    {
      code: 'bad-network',
      path,
      message: `a pool /${size} cannot be cut out of ${base}`,
      hint: `write a size from ${least} to ${most}`,
    },
  ];
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
  const isAsked = !hasBridge && !hasBlock;
  const asking = isAsked ? 'the default bridge' : 'a new network';
  const first = pools.find((pool) => blockOf(pool)?.family === 4);
  if (first === undefined)
    return [
      noRoom(isAsked, {
        message: `${asking} finds no IPv4 block in the pools`,
        hint: 'add a pool such as {"base": "10.10.0.0/16", "size": 24}',
      }),
    ];
  const size = memberOf(first, 'size');
  if (typeof size === 'number' && size > 30 && inRange(engine, '..20'))
    return [
      noRoom(isAsked, {
        message: `a block /${size} is too small for ${asking}`,
        hint: 'write a size of 30 or less for the first pool',
      }),
    ];
  const free = blocksWithRoom(pools, host);
  if (free.length > 0) return checkPoolRoute(candidate, free);
  const isAskedForRoom = isAsked || (!hasBridge && inRange(engine, '..20'));
  const missing = isAskedForRoom ? 'the default bridge' : 'a new network';
  return [
    noRoom(isAskedForRoom, {
      message: `every block of the pools meets a route or a name server of this machine: ${missing} finds none that is free`,
      hint: 'add a pool of addresses that nothing here uses',
    }),
  ];
}

/** `isAsked`: the default bridge takes its block from the pools, so dockerd does not start without one. */
function noRoom(isAsked: boolean, text: Pick<RuleProblem, 'message' | 'hint'>): RuleProblem {
  return {
    code: 'bad-network',
    path: ['default-address-pools'],
    ...text,
    stops: isAsked ? 'start' : 'nothing',
  };
}

/** The IPv4 pools of which a block lies apart from the machine's routes and name servers (libnetwork/ipams/defaultipam, allocatePredefinedPool). */
function blocksWithRoom(pools: readonly Json[], { usedNetworks = [] }: HostFacts): Block[] {
  const used = usedNetworks.map(parseBlock).filter((block) => block !== null);
  return pools.flatMap((pool) => {
    const base = blockOf(pool);
    return base?.family === 4 && hasRoom(base, memberOf(pool, 'size'), used) ? [base] : [];
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

function blockOf(pool: Json): Block | null {
  const base = memberOf(pool, 'base');
  return typeof base === 'string' ? parseBlock(base) : null;
}
