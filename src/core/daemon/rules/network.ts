import {
  blockContains,
  blocksOverlap,
  formatBlock,
  ipFamily,
  parseBlock,
} from '../values/address.js';
import { inRange } from '../version.js';
import { missingFile } from './missing.js';
import {
  booleanOf,
  isInFile,
  quote,
  textOf,
  type Candidate,
  type RuleProblem,
  type Stops,
} from './rule.js';

/** Networking: most of it is looked at only when dockerd makes its bridge (moby daemon_unix.go, libnetwork). */
export function checkNetwork(candidate: Candidate): RuleProblem[] {
  return [
    ...checkAddresses(candidate),
    ...checkIpv6(candidate),
    ...checkFirewall(candidate),
    ...checkProxyPath(candidate),
  ];
}

interface AddressRule {
  readonly key: string;
  readonly stops: Stops;
  readonly expects: string;
  readonly engines?: string;
  accepts(value: string): boolean;
}

const isAddress = (value: string) => value === '' || ipFamily(value) !== null;
const isBlock = (value: string) => value === '' || parseBlock(value) !== null;
const ADDRESS = { accepts: isAddress, expects: 'an address such as "10.0.0.1"' };
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
    accepts: (value) => value === '' || parseBlock(value)?.family === 6,
  },
  {
    key: 'fixed-cidr',
    stops: 'start',
    expects: 'an IPv4 block, such as "10.10.0.0/24"',
    accepts: (value) => value === '' || parseBlock(value)?.family === 4,
  },
  { ...BLOCK, key: 'fixed-cidr-v6', stops: 'start', engines: '..24' },
  {
    key: 'fixed-cidr-v6',
    stops: 'both',
    engines: '25..',
    expects: 'an IPv6 block such as "fd00:1::/64"',
    accepts: (value) => value === '' || isBridgeBlock6(value),
  },
];

/** IPv4 addresses written as IPv6 (RFC 4291 2.5.5.2), which count as IPv4. */
const MAPPED = { family: 6, network: '::ffff:0:0', prefix: 96, canonical: true } as const;
const LINK_LOCAL = { family: 6, network: 'fe80::', prefix: 64, canonical: true } as const;

/** moby libnetwork/drivers/bridge, ValidateFixedCIDRV6: every bridge has fe80::/64 already. */
function isBridgeBlock6(text: string): boolean {
  const block = parseBlock(text);
  if (block?.family !== 6 || blockContains(MAPPED, block.network)) return false;
  return formatBlock(block) === formatBlock(LINK_LOCAL) || !blocksOverlap(block, LINK_LOCAL);
}

function checkAddresses(candidate: Candidate): RuleProblem[] {
  return ADDRESS_RULES.flatMap((rule): RuleProblem[] => {
    const value = candidate.config.get(rule.key);
    if (
      typeof value !== 'string' ||
      rule.accepts(value) ||
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
        stops: rule.stops,
      },
    ];
  });
}

function checkIpv6(candidate: Candidate): RuleProblem[] {
  const { engine } = candidate;
  if (!inRange(engine, '..26')) return [];
  const found: RuleProblem[] = [];
  if (
    booleanOf(candidate, 'ipv6', false) &&
    isInFile(candidate, 'ipv6') &&
    textOf(candidate, 'fixed-cidr-v6') === ''
  ) {
    found.push({
      code: 'bad-network',
      path: ['ipv6'],
      message: 'with this engine ipv6 needs a block for the bridge',
      hint: 'add "fixed-cidr-v6": "fd00:1::/64", or update to 27',
    });
  }
  if (candidate.config.get('ip6tables') === true && !booleanOf(candidate, 'experimental', false)) {
    found.push({
      code: 'bad-network',
      path: ['ip6tables'],
      message: 'with this engine ip6tables needs experimental features',
      hint: 'add "experimental": true, or update to 27',
    });
  }
  return found;
}

function checkFirewall(candidate: Candidate): RuleProblem[] {
  if (booleanOf(candidate, 'icc', true)) return [];
  const tables = [
    { key: 'iptables', off: !booleanOf(candidate, 'iptables', true) },
    {
      key: 'ip6tables',
      off:
        inRange(candidate.engine, '28..') &&
        booleanOf(candidate, 'ipv6', false) &&
        !booleanOf(candidate, 'ip6tables', true),
    },
  ];
  return tables
    .filter(({ off }) => off)
    .map(({ key }): RuleProblem => ({
      code: 'bad-network',
      path: [isInFile(candidate, key) ? key : 'icc'],
      message: `icc false is made with ${key}, which is switched off`,
      hint: `remove icc or ${key}`,
    }));
}

/** Since 25.0 (moby config_linux.go, verifyUserlandProxyConfig); a reload looks at the file alone and misses the default path. */
function checkProxyPath(candidate: Candidate): RuleProblem[] {
  if (!inRange(candidate.engine, '25..') || !booleanOf(candidate, 'userland-proxy', true))
    return [];
  const file = candidate.config.get('userland-proxy-path');
  if (typeof file !== 'string' || file === '') {
    if (candidate.config.get('userland-proxy') !== true) return [];
    return [
      {
        code: 'reload-refused',
        path: ['userland-proxy'],
        message:
          'userland-proxy true without userland-proxy-path: dockerd starts, but refuses every reload of this file',
        hint: 'remove userland-proxy: true is the default',
        cure: { remove: ['userland-proxy'] },
      },
    ];
  }
  const stops = candidate.config.get('userland-proxy') === true ? 'both' : 'start';
  if (!file.startsWith('/')) {
    return [
      {
        code: 'bad-value',
        path: ['userland-proxy-path'],
        message: `userland-proxy-path ${quote(file)} is not absolute`,
        hint: 'write the whole path',
        stops,
      },
    ];
  }
  const kind = candidate.host.kindOf?.(file);
  if (kind === undefined || kind === 'executable' || kind === 'hidden') return [];
  return [missingFile({ key: 'userland-proxy-path', file, stops })];
}
