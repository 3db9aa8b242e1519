import {
  blockContains,
  blocksOverlap,
  ipFamily,
  isUsableHost,
  parseBlock,
  unmapped,
  type Block,
} from '../values/address.js';
import { inRange } from '../version.js';
import {
  NO_CONTAINER,
  booleanOf,
  quote,
  textOf,
  type Candidate,
  type RuleProblem,
} from './rule.js';

/** The default bridge: its own address, and what must lie inside its block (moby daemon_unix.go, initBridgeDriver; libnetwork/ipam). */
export function checkBridge(candidate: Candidate): RuleProblem[] {
  const bridge = textOf(candidate, 'bridge');
  const bip = unmapped(textOf(candidate, 'bip'));
  if (bridge !== '' && bip !== '') return [exclusive('bip')];
  if (bridge !== '' && textOf(candidate, 'bip6') !== '' && inRange(candidate.engine, '28..'))
    return [exclusive('bip6')];
  if (bridge === 'none') return [];
  if (bridge !== '') return [...missingBridge(candidate, bridge)];
  return [
    ...checkAddress(candidate, bip),
    ...checkGateway(candidate),
    ...checkGateway6(candidate),
    ...checkBlock6(candidate),
    ...checkRoom6(candidate),
    ...checkMtu6(candidate),
    ...checkRange(candidate),
  ];
}

function exclusive(key: string): RuleProblem {
  return {
    code: 'exclusive-keys',
    path: [key],
    message: `bridge and ${key} exclude each other: a bridge of your own has its own address`,
    hint: `remove ${key} or bridge`,
    stops: 'start',
  };
}

function missingBridge({ host }: Candidate, bridge: string): RuleProblem[] {
  if (bridge === 'docker0' || host.interfaces === undefined) return [];
  const isBridge = host.kindOf?.(`/sys/class/net/${bridge}/bridge`) !== null;
  if (host.interfaces.includes(bridge) && isBridge) return [];
  return [
    {
      code: 'bad-network',
      path: ['bridge'],
      message: `this machine has no bridge ${quote(bridge)}, and dockerd makes none but docker0`,
      hint: 'make it first: ip link add NAME type bridge, or remove the key',
    },
  ];
}

/** Engines whose bridge may have a block of one or two addresses. */
const TINY_BLOCKS = '23..';

/** The address becomes the gateway of the containers: it must be one that a host can have. */
function checkAddress({ engine }: Candidate, bip: string): RuleProblem[] {
  const block = parseBlock(bip);
  if (block === null) return [];
  if (block.family === 4 && block.prefix === 32 && inRange(engine, TINY_BLOCKS))
    return [noRoom('bip')];
  const alone = block.prefix > 30 && inRange(engine, TINY_BLOCKS);
  if (block.family === 4 && (alone || isUsableHost(block, addressOf(bip)))) return [];
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

function noRoom(key: string): RuleProblem {
  return {
    code: 'bad-network',
    path: [key],
    message: `${key} has no address beside the bridge's own${NO_CONTAINER}`,
    hint: 'write a larger block',
    stops: 'containers',
  };
}

interface Bridge {
  readonly block: Block;
  readonly address: string;
}

/** What docker0 gets where nothing else has it (libnetwork/ipamutils). */
const FIRST_BLOCK = '172.17.0.1/16';

/** The bridge's own address: bip, else what docker0 has or will get; null where default pools decide. */
function bridgeOf(candidate: Candidate): Bridge | null {
  const pools = candidate.config.get('default-address-pools');
  const bip = unmapped(textOf(candidate, 'bip'));
  const known =
    Array.isArray(pools) && pools.length > 0 ? '' : (candidate.host.bridgeAddress ?? FIRST_BLOCK);
  const text = bip === '' ? known : bip;
  const block = parseBlock(text);
  return block === null ? null : { block, address: addressOf(text) };
}

function checkGateway(candidate: Candidate): RuleProblem[] {
  const bridge = bridgeOf(candidate);
  const gateway = textOf(candidate, 'default-gateway');
  const family = ipFamily(gateway);
  if (family === null) return [];
  if (family === 6) return [noGateway(gateway)];
  if (bridge === null) return [];
  if (!blockContains(bridge.block, gateway)) return [outside('default-gateway', bridge.block)];
  if (gateway !== bridge.address && isUsableHost(bridge.block, gateway)) return [];
  return [
    {
      code: 'bad-network',
      path: ['default-gateway'],
      message: `default-gateway ${gateway} is the address of the bridge itself or of its whole block`,
      hint: 'write the address of another router, or remove default-gateway: the bridge is the gateway then',
    },
  ];
}

function noGateway(address: string): RuleProblem {
  return {
    code: 'bad-network',
    path: ['default-gateway'],
    message: `default-gateway ${address} is an IPv6 address, and the default bridge is IPv4`,
    hint: 'write an IPv4 address of the bridge, or name it as default-gateway-v6',
  };
}

function checkGateway6(candidate: Candidate): RuleProblem[] {
  const block = parseBlock(textOf(candidate, 'fixed-cidr-v6'));
  const gateway = textOf(candidate, 'default-gateway-v6');
  if (block === null || ipFamily(gateway) === null || !booleanOf(candidate, 'ipv6', false))
    return [];
  return blockContains(block, gateway) ? [] : [outside('default-gateway-v6', block)];
}

/** Before 25.0 an IPv4 block passes for fixed-cidr-v6, unless the bridge has it already (libnetwork/ipam, RequestPool). */
function checkBlock6(candidate: Candidate): RuleProblem[] {
  const block = parseBlock(textOf(candidate, 'fixed-cidr-v6'));
  if (block?.family !== 4 || !inRange(candidate.engine, '..24')) return [];
  const bridge = bridgeOf(candidate);
  const taken =
    booleanOf(candidate, 'ipv6', false) && bridge !== null && blocksOverlap(bridge.block, block);
  return [
    {
      code: 'bad-address',
      path: ['fixed-cidr-v6'],
      message: 'fixed-cidr-v6 is an IPv4 block: no container gets an IPv6 address from it',
      hint: 'write an IPv6 block such as "fd00:1::/64"',
      stops: taken ? 'start' : 'nothing',
    },
  ];
}

/** The bridge takes one address of the block, the network itself another. */
function checkRoom6(candidate: Candidate): RuleProblem[] {
  const block = parseBlock(textOf(candidate, 'fixed-cidr-v6'));
  if (block?.family !== 6 || block.prefix < 127 || !booleanOf(candidate, 'ipv6', false)) return [];
  const full = block.prefix === 128;
  return [
    {
      code: 'bad-network',
      path: ['fixed-cidr-v6'],
      message: `fixed-cidr-v6 /${block.prefix} has no address for ${full ? 'the bridge' : `a container${NO_CONTAINER}`}`,
      hint: 'write a block such as "fd00:1::/64"',
      stops: full ? 'start' : 'containers',
    },
  ];
}

/** The kernel takes IPv6 away from an interface below 1280 (RFC 8200 section 5); since 25 the bridge itself gets the mtu. */
function checkMtu6(candidate: Candidate): RuleProblem[] {
  const mtu = Number(candidate.config.get('mtu') ?? 0);
  const hasBlock = textOf(candidate, 'fixed-cidr-v6') !== '';
  if (mtu < 68 || mtu >= 1280 || !hasBlock || !booleanOf(candidate, 'ipv6', false)) return [];
  const refused = inRange(candidate.engine, '25..');
  return [
    {
      code: 'bad-network',
      path: ['mtu'],
      message: `IPv6 needs an mtu of 1280, and this one is ${mtu}${refused ? '' : NO_CONTAINER}`,
      hint: 'write 1280 or more, or remove ipv6',
      stops: refused ? 'start' : 'containers',
    },
  ];
}

/** Without bip, docker0 gets an address inside fixed-cidr. */
function checkRange(candidate: Candidate): RuleProblem[] {
  const bridge = bridgeOf(candidate);
  const range = parseBlock(textOf(candidate, 'fixed-cidr'));
  if (range === null) return [];
  if (textOf(candidate, 'bip') === '') return tooSmall(candidate, range);
  if (bridge === null) return [];
  const inside = range.prefix >= bridge.block.prefix && blockContains(bridge.block, range.network);
  return inside ? [] : [{ ...outside('fixed-cidr', bridge.block), stops: 'nothing' }];
}

/** libnetwork's allocator finds no address for the bridge itself, or for a container. */
function tooSmall(candidate: Candidate, range: Block): RuleProblem[] {
  const { family, prefix, network } = range;
  if (family !== 4 || prefix <= 30) return [];
  if (inRange(candidate.engine, TINY_BLOCKS)) return prefix === 32 ? [noRoom('fixed-cidr')] : [];
  const block = bridgeOf(candidate)?.block;
  const inside = block !== undefined && blockContains(block, network);
  const isFirst = network === block?.network;
  if (prefix === 31) return inside && !isFirst ? [] : [noRoom('fixed-cidr')];
  if (inside && !isFirst) return [noRoom('fixed-cidr')];
  return [
    {
      code: 'bad-address',
      path: ['fixed-cidr'],
      message: 'fixed-cidr has room for no bridge: a /32',
      hint: 'write a block of four addresses or more, or set bip',
      stops: 'start',
    },
  ];
}

function outside(key: string, block: Block): RuleProblem {
  const text = `${block.network}/${block.prefix}`;
  return {
    code: 'bad-network',
    path: [key],
    message: `${key} is outside the bridge's block ${text}`,
    hint: `write one inside ${text}, or set bip`,
  };
}

function addressOf(text: string): string {
  return text.replace(/\/.*$/s, '');
}
