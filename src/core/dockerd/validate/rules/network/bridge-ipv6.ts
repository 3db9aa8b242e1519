import {
  blocksOverlap,
  canonicalAddress,
  ipFamily,
  isLoopback6,
  isMulticast6,
  type Block,
} from '../../../options/values/address.js';
import { inRange } from '../../../options/keys/version.js';
import { blockOf, bridgeAt, bridgesOf, checkRouter, firstOf, type Bridge } from './bridge-block.js';
import { NO_CONTAINER, booleanOf, textOf, type DecodedConfig, type RuleProblem } from '../rule.js';

/** The bridge's IPv6 address, and what must lie inside its block (moby daemon_unix.go, initBridgeDriver; libnetwork/drivers/bridge). */
export function checkBridge6(candidate: DecodedConfig): RuleProblem[] {
  if (!booleanOf(candidate, 'ipv6', false)) return checkFamily(candidate, false);
  return [
    ...checkAddress(candidate),
    ...checkGateway(candidate),
    ...checkFamily(candidate, true),
    ...checkRoom(candidate),
    ...checkMtu(candidate),
  ];
}

/** The key that gives the bridge its block: bip6 since 28, else fixed-cidr-v6. */
function keyOfBlock(candidate: DecodedConfig): 'bip6' | 'fixed-cidr-v6' {
  const own = inRange(candidate.engine, '28..') && textOf(candidate, 'bip6') !== '';
  return own ? 'bip6' : 'fixed-cidr-v6';
}

function bridgeOf(candidate: DecodedConfig): Bridge | null {
  const key = keyOfBlock(candidate);
  const block = blockOf(candidate, key);
  if (block === null) return null;
  return key === 'bip6' ? (bridgeAt(textOf(candidate, key))[0] ?? null) : firstOf(block);
}

/** The kernel gives no interface the loopback address or one of a group (linux net/ipv6/addrconf.c, inet6_addr_add). */
function checkAddress(candidate: DecodedConfig): RuleProblem[] {
  const bridge = bridgeOf(candidate);
  if (bridge?.block.family !== 6 || bridge.block.prefix === 128) return [];
  const { block, address } = bridge;
  const key = keyOfBlock(candidate);
  const isFree =
    address !== null &&
    !isLoopback6(address) &&
    !isMulticast6(address) &&
    !isSecondLinkLocal(block);
  const isHost = key === 'fixed-cidr-v6' || block.prefix === 127 || address !== block.network;
  if (isFree && isHost && block.prefix > 0) return [];
  return [unfit(key, address ?? '')];
}

/** Every bridge has fe80::1/64 from dockerd, and takes the same address with another block for a mistake; since 25 neither gets so far. */
function isSecondLinkLocal({ network, prefix }: Block): boolean {
  return network === 'fe80::' && prefix !== 64;
}

function unfit(key: string, address: string): RuleProblem {
  return {
    code: 'bad-address',
    path: [key],
    message: `${key} gives the bridge ${address}, which no bridge can have`,
    hint: `write a block of your own, such as "fd00:1::${key === 'bip6' ? '1' : ''}/64"`,
    stops: 'start',
  };
}

function checkGateway(candidate: DecodedConfig): RuleProblem[] {
  const key = 'default-gateway-v6';
  const router = textOf(candidate, key);
  const bridge = bridgeOf(candidate);
  if (ipFamily(router) === null) return [];
  if (bridge !== null)
    return isOutOfReach(candidate, bridge.block, router)
      ? [outOfReach(router)]
      : checkRouter(bridge, { key, router });
  if (!inRange(candidate.engine, '27..')) return [];
  return [
    {
      code: 'bad-network',
      path: [key],
      message: `${key} ${router} is outside the block that dockerd chooses for the bridge`,
      hint: 'name a block that has it: add fixed-cidr-v6',
    },
  ];
}

/** libnetwork's bit sequences end one short of 2^64 (libnetwork/bitmap, before the allocator of 27). */
function isOutOfReach(
  { engine }: DecodedConfig,
  { family, prefix }: Block,
  router: string,
): boolean {
  const isLast = canonicalAddress(router).endsWith(':ffff:ffff:ffff:ffff');
  return inRange(engine, '..26') && family === 6 && prefix <= 64 && isLast;
}

function outOfReach(router: string): RuleProblem {
  return {
    code: 'bad-network',
    path: ['default-gateway-v6'],
    message: `this engine cannot reserve ${router}, the last address of its block`,
    hint: 'give the router another address',
  };
}

/** Before 25.0 an IPv4 block passes for fixed-cidr-v6, unless the bridge has it already (libnetwork/ipam, RequestPool). */
function checkFamily(candidate: DecodedConfig, ipv6: boolean): RuleProblem[] {
  const block = blockOf(candidate, 'fixed-cidr-v6');
  if (block?.family !== 4 || !inRange(candidate.engine, '..24')) return [];
  const taken = ipv6 && bridgesOf(candidate).some((bridge) => blocksOverlap(bridge.block, block));
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
function checkRoom(candidate: DecodedConfig): RuleProblem[] {
  const key = keyOfBlock(candidate);
  const block = blockOf(candidate, key);
  if (block?.family !== 6 || block.prefix < 127) return [];
  const full = block.prefix === 128;
  return [
    {
      code: 'bad-network',
      path: [key],
      message: `${key} /${block.prefix} has no address for ${full ? 'the bridge' : `a container${NO_CONTAINER}`}`,
      hint: 'write a block such as "fd00:1::/64"',
      stops: full ? 'start' : 'containers',
    },
  ];
}

/** The kernel takes IPv6 away from an interface below 1280 (RFC 8200 section 5); since 25 the bridge itself gets the mtu. */
function checkMtu(candidate: DecodedConfig): RuleProblem[] {
  const mtu = Number(candidate.config.get('mtu') ?? 0);
  const hasBlock = bridgeOf(candidate) !== null || inRange(candidate.engine, '27..');
  if (mtu < 68 || mtu >= 1280 || !hasBlock) return [];
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
