import {
  addressPart,
  blockContains,
  blocksOverlap,
  formatBlock,
  ipFamily,
  isMulticast6,
  parseBlock,
  unmapped,
  unmappedAddress,
  type Block,
} from '../../../options/values/address.js';
import { inRange } from '../../../options/keys/version.js';
import { booleanOf, quote, textOf, type DecodedConfig, type RuleProblem } from '../rule.js';
import type { Stops } from '../../../config/read.js';

interface AddressRule {
  readonly key: string;
  /** `bridge`: a start that makes the default bridge. */
  readonly stops: Stops | 'bridge';
  readonly expects: string;
  readonly engines?: string;
  accepts(value: string): boolean;
}

const isAddress = (value: string) => value === '' || ipFamily(value) !== null;
const isBlock = (value: string) => value === '' || parseBlock(value) !== null;
const ADDRESS = { accepts: isAddress, expects: 'an address such as "10.0.0.1"' };
const BLOCK6 = { key: 'fixed-cidr-v6', expects: 'an IPv6 block such as "fd00:1::/64"' };
const BLOCK = { accepts: isBlock, expects: 'an address with its block, such as "10.10.0.1/24"' };

const ADDRESS_RULES: readonly AddressRule[] = [
  { ...ADDRESS, key: 'ip', stops: 'both' },
  { ...ADDRESS, key: 'default-gateway', stops: 'both' },
  { ...ADDRESS, key: 'default-gateway-v6', stops: 'both' },
  { ...ADDRESS, key: 'host-gateway-ip', stops: 'both' },
  { ...BLOCK, key: 'bip', stops: 'start' },
  {
    key: 'bip6',
    stops: 'start',
    engines: '28..',
    expects: 'an IPv6 address with its block, such as "fd00:1::1/64"',
    accepts: (value) => value === '' || isBridgeBlock6(value),
  },
  {
    key: 'fixed-cidr',
    stops: 'bridge',
    expects: 'an IPv4 block, such as "10.10.0.0/24"',
    accepts: (value) => value === '' || parseBlock(unmapped(value))?.family === 4,
  },
  { ...BLOCK, key: 'fixed-cidr-v6', stops: 'bridge', engines: '..24' },
  {
    ...BLOCK6,
    stops: 'both',
    engines: '25..26',
    accepts: (value) => value === '' || isBridgeBlock6Before27(value),
  },
  {
    ...BLOCK6,
    stops: 'both',
    engines: '27..',
    accepts: (value) => value === '' || isBridgeBlock6(value),
  },
];

/** Every bridge has it already. */
const LINK_LOCAL = { family: 6, network: 'fe80::', prefix: 64, canonical: true } as const;

/** moby libnetwork/drivers/bridge, validateIPv6Subnet, v27.0.1. */
function isBridgeBlock6(text: string): boolean {
  const block = block6Of(text);
  if (block === null || isMulticast6(addressPart(text))) return false;
  return formatBlock(block) === formatBlock(LINK_LOCAL) || !blocksOverlap(block, LINK_LOCAL);
}

/** The same, v26.0.0: larger blocks that have fe80::/64 among others pass. */
function isBridgeBlock6Before27(text: string): boolean {
  const block = block6Of(text);
  if (block === null) return false;
  return block.prefix === LINK_LOCAL.prefix || !blockContains(LINK_LOCAL, block.network);
}

/** An IPv4 address in the spelling of IPv6 counts as IPv4, whatever the block. */
function block6Of(text: string): Block | null {
  const block = parseBlock(text);
  const isMapped = unmappedAddress(addressPart(text)) !== addressPart(text);
  return block?.family === 6 && !isMapped ? block : null;
}

/** Keys of networks whose value is an address or a block: what dockerd takes for one. */
export function checkNetworkAddresses(candidate: DecodedConfig): RuleProblem[] {
  const noBridge = textOf(candidate, 'bridge') === 'none';
  return ADDRESS_RULES.flatMap((rule): RuleProblem[] => {
    const value = candidate.config.get(rule.key);
    if (
      typeof value !== 'string' ||
      rule.accepts(value) ||
      (rule.stops === 'bridge' && noBridge) ||
      (rule.key === 'bip6' && !booleanOf(candidate, 'ipv6', false)) ||
      !inRange(candidate.engine, rule.engines ?? '')
    )
      return [];
    return [
      {
        code: 'bad-address',
        path: [rule.key],
        message: `dockerd refuses ${rule.key} ${quote(value)}`,
        hint: `write ${rule.expects}`,
        stops: rule.stops === 'bridge' ? 'start' : rule.stops,
      },
    ];
  });
}
