import {
  addressPart,
  blockContains,
  formatBlock,
  ipFamily,
  isUsableHost,
  parseBlock,
  unmapped,
  unmappedAddress,
  type Block,
} from '../../../options/values/address.js';
import { inRange } from '../../../options/keys/version.js';
import {
  blockOf,
  bridgesOf,
  checkRouter,
  firstOf,
  FROM_RANGE,
  outside,
  type Bridge,
} from './bridge-block.js';
import {
  NO_CONTAINER,
  noEffect,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** Engines whose bridge may have a block of one or two addresses. */
const TINY_BLOCKS = '23..';

/** The bridge's IPv4 address, and what must lie inside its block (moby daemon_unix.go, initBridgeDriver; libnetwork/ipam). */
export function checkBridge4(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...checkAddress(candidate, unmapped(textOf(candidate, 'bip'))),
    ...checkGateway(candidate),
    ...checkRange(candidate),
  ];
}

/** The address becomes the gateway of the containers: it must be one that a host can have. */
function checkAddress({ engine }: DecodedConfig, bip: string): RuleProblem[] {
  const block = parseBlock(bip);
  if (block === null) return [];
  if (block.family === 4 && block.prefix === 32 && inRange(engine, TINY_BLOCKS))
    return [noRoom('bip')];
  const alone = block.prefix > 30 && inRange(engine, TINY_BLOCKS);
  const usable = alone || isUsableHost(block, addressPart(bip));
  if (block.family === 4 && block.prefix > 0 && usable)
    return isWithoutRoute(block, addressPart(bip)) ? [withoutRoute(bip)] : [];
  return [
    {
      code: 'bad-address',
      path: ['bip'],
      message: `bip ${quote(bip)} is not an address that a bridge can have`,
      hint: 'write an IPv4 address inside its block, such as "10.10.0.1/24"',
      stops: 'start',
    },
  ];
}

/**
 * This network, loopback and multicast (RFC 6890): a bridge takes the address, and Linux no route by it. Measured: of 0.0.0.0/8 only a
 * block that begins at 0.0.0.0 is so, and each container has 127.0.0.1 itself.
 */
export function isWithoutRoute({ network }: Block, address: string): boolean {
  if (ipFamily(address) !== 4 || address === '127.0.0.1') return false;
  const first = Number(address.split('.')[0]);
  return network === '0.0.0.0' || first === 127 || (first >= 224 && first < 240);
}

function withoutRoute(bip: string, key = 'bip'): RuleProblem {
  return {
    code: 'bad-address',
    path: [key],
    message: `${key} ${quote(bip)} is no address that a route may lead by${NO_CONTAINER}`,
    hint: 'write a private block, such as "10.10.0.1/24"',
    stops: 'containers',
  };
}

function noRoom(key: string): RuleProblem {
  return {
    code: 'bad-network',
    path: [key],
    message: `${key} has no address beside the bridge's own${NO_CONTAINER}`,
    hint: 'write a larger block',
    stops: 'containers',
  };
}

function checkGateway(candidate: DecodedConfig): RuleProblem[] {
  const key = 'default-gateway';
  const router = textOf(candidate, key);
  if (ipFamily(unmappedAddress(router)) === 6) return [notIpv4(router)];
  return bridgesOf(candidate)
    .flatMap((bridge) => checkRouter(bridge, { key, router }))
    .slice(0, 1);
}

function notIpv4(address: string): RuleProblem {
  return {
    code: 'bad-network',
    path: ['default-gateway'],
    message: `default-gateway ${address} is an IPv6 address, and the default bridge is IPv4`,
    hint: 'write an IPv4 address of the bridge, or name it as default-gateway-v6',
  };
}

/** Without bip, docker0 gets an address inside fixed-cidr. */
function checkRange(candidate: DecodedConfig): RuleProblem[] {
  const range = blockOf(candidate, 'fixed-cidr');
  if (range?.family !== 4) return [];
  const bridges = bridgesOf(candidate);
  if (textOf(candidate, 'bip') === '') {
    const room = checkRoom(candidate, range, bridges);
    return room.length > 0 ? room : checkRangeRoute(candidate, range);
  }
  const [bridge] = bridges;
  if (bridge === undefined) return [];
  const { block } = bridge;
  if (range.prefix >= block.prefix && blockContains(block, range.network)) return [];
  if (blockContains(range, block.network)) return [covering(block)];
  // Measured: 28.5 gives no address of a range that lies apart, unless that is larger; 26.1 always does (libnetwork/ipam).
  const problem = outside('fixed-cidr', block);
  return range.prefix >= block.prefix && inRange(candidate.engine, '28..')
    ? [{ ...problem, message: `${problem.message}${NO_CONTAINER}`, stops: 'containers' }]
    : [{ ...problem, stops: 'nothing' }];
}

/** Measured on 20.10, 26.1 and 28.5: containers have addresses of the bridge's block then. */
function covering(block: Block): RuleProblem {
  const text = formatBlock(block);
  return noEffect(
    ['fixed-cidr'],
    `fixed-cidr is larger than the bridge's block ${text}, which holds all addresses of containers anyway`,
    `write one inside ${text}, or remove fixed-cidr`,
  );
}

/** A bridge that is not there yet has the first address of fixed-cidr. */
function checkRangeRoute(candidate: DecodedConfig, range: Block): RuleProblem[] {
  const isNew = inRange(candidate.engine, FROM_RANGE) && candidate.host.bridgeAddress === undefined;
  const address = firstOf(range).address ?? '';
  return isNew && isWithoutRoute(range, address)
    ? [withoutRoute(textOf(candidate, 'fixed-cidr'), 'fixed-cidr')]
    : [];
}

/** libnetwork's allocator finds no address for the bridge itself, or for a container. */
function checkRoom(
  { engine }: DecodedConfig,
  range: Block,
  bridges: readonly Bridge[],
): RuleProblem[] {
  const { prefix, network } = range;
  if (prefix === 0 && bridges.some(({ block }) => block.prefix === 0))
    return [noBridge('is everything there is')];
  if (prefix <= 30) return [];
  if (inRange(engine, TINY_BLOCKS)) return prefix === 32 ? [noRoom('fixed-cidr')] : [];
  const [bridge] = bridges;
  if (bridge === undefined) return [];
  const inside = blockContains(bridge.block, network);
  // What is outside counts by its place in the block all the same.
  const isEdge = isAtEdge(network, bridge.block.prefix);
  if (prefix === 31) return inside && !isEdge ? [] : [noRoom('fixed-cidr')];
  return [isEdge ? noBridge('has room for no bridge: a /32') : noRoom('fixed-cidr')];
}

/** It is that of a network of this size itself, or the one for all of it. */
function isAtEdge(address: string, prefix: number): boolean {
  const block = parseBlock(`${address}/${prefix}`);
  return block === null || !isUsableHost(block, address);
}

function noBridge(reason: string): RuleProblem {
  return {
    code: 'bad-address',
    path: ['fixed-cidr'],
    message: `fixed-cidr ${reason}`,
    hint: 'write a block of four addresses or more, or set bip',
    stops: 'start',
  };
}
