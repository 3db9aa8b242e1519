import { isObject, type Json } from '../../../../formats/json/json-object.js';
import {
  addressPart,
  blockContains,
  canonicalAddress,
  firstHost,
  formatBlock,
  ipFamily,
  isUsableHost,
  parseBlock,
  unmapped,
  type Block,
} from '../../../options/values/address.js';
import { inRange } from '../../../options/keys/version.js';
import { textOf, type DecodedConfig, type RuleProblem } from '../rule.js';

/** What dockerd gives the default bridge, of one family. */
export interface Bridge {
  readonly block: Block;
  /** As `canonicalAddress` spells it; null: some address of the block. */
  readonly address: string | null;
}

/** The block of docker0 where no other network has it (libnetwork/ipamutils). */
const FIRST_BLOCK = '172.17.0.1/16';

/** Engines that make fixed-cidr the block of a bridge that is not there yet (moby daemon_unix.go, initBridgeDriver, v24.0.0). */
export const FROM_RANGE = '24..';

/** The block that a key names, an IPv4 one in the spelling of IPv6 too; null when it names none. */
export function blockOf(candidate: DecodedConfig, key: string): Block | null {
  return parseBlock(unmapped(textOf(candidate, key)));
}

/**
 * The IPv4 bridges to reckon with: docker0 as it is, which dockerd keeps where it can, and as it will be after the next
 * boot. Empty where that cannot be said.
 */
export function bridgesOf(candidate: DecodedConfig): readonly Bridge[] {
  const bip = unmapped(textOf(candidate, 'bip'));
  if (bip !== '') return bridgeAt(bip);
  const here = bridgeAt(candidate.host.bridgeAddress ?? '');
  const range = blockOf(candidate, 'fixed-cidr');
  if (range !== null && inRange(candidate.engine, FROM_RANGE))
    return [...here.filter((bridge) => isKept(candidate, bridge)), firstOf(range)];
  const pools = candidate.config.get('default-address-pools');
  if (Array.isArray(pools) && pools.length > 0)
    return [...here, ...(pools.length === 1 ? bridgeFrom(pools[0] as Json) : [])];
  if (here.length > 0) return here;
  return bridgeAt(FIRST_BLOCK).map((bridge) => withAddressFrom(range, bridge));
}

/** Since 28 dockerd gives up what docker0 has for a fixed-cidr that lies elsewhere (moby daemon_unix.go, selectBIP). */
function isKept(candidate: DecodedConfig, { block }: Bridge): boolean {
  if (!inRange(candidate.engine, '28..') || textOf(candidate, 'bridge') !== '') return true;
  const address = addressPart(unmapped(textOf(candidate, 'fixed-cidr')));
  return blockContains(block, address);
}

/** Before 24 fixed-cidr gives the bridge its address and leaves it its block. */
function withAddressFrom(range: Block | null, bridge: Bridge): Bridge {
  if (range === null || range.network === bridge.block.network) return bridge;
  return {
    ...bridge,
    address: blockContains(bridge.block, range.network) ? range.network : null,
  };
}

/** A pool gives one of its blocks, perhaps not the first: whatever the machine has already is left out. */
function bridgeFrom(pool: Json): Bridge[] {
  const base = isObject(pool) && typeof pool.base === 'string' ? parseBlock(pool.base) : null;
  return base === null ? [] : [{ block: base, address: null }];
}

/** Of a text such as `10.0.0.1/24`. */
export function bridgeAt(text: string): Bridge[] {
  const block = parseBlock(text);
  return block === null ? [] : [{ block, address: canonicalAddress(addressPart(text)) }];
}

/** libnetwork's allocator hands out the first address first; of two or one that is the network's own. */
export function firstOf(block: Block): Bridge {
  const { family, prefix, network } = block;
  const tiny = prefix > (family === 4 ? 30 : 127);
  return { block, address: tiny ? network : firstHost(block) };
}

/** What is wrong with the address of another router on this bridge; nothing where it is not an address at all. */
export function checkRouter(
  { block, address }: Bridge,
  { key, router }: { readonly key: string; readonly router: string },
): RuleProblem[] {
  const gateway = canonicalAddress(router);
  if (ipFamily(gateway) === null) return [];
  if (!blockContains(block, gateway)) return [outside(key, block)];
  if (
    gateway !== address &&
    (block.family === 6 ? gateway !== block.network : hasRoom(block, gateway))
  )
    return [];
  return [
    {
      code: 'bad-network',
      path: [key],
      message: `${key} ${gateway} is the address of the bridge itself or of its whole block`,
      hint: `write the address of another router, or remove ${key}: the bridge is the gateway then`,
    },
  ];
}

/** Blocks of two addresses have none of their own, nor one for everybody (RFC 3021). */
function hasRoom(block: Block, address: string): boolean {
  return block.prefix > 30 || isUsableHost(block, address);
}

export function outside(key: string, block: Block): RuleProblem {
  const text = formatBlock(block);
  return {
    code: 'bad-network',
    path: [key],
    message: `${key} is outside the bridge's block ${text}`,
    hint: `write one inside ${text}, or set ${block.family === 4 ? 'bip' : 'fixed-cidr-v6'}`,
  };
}
