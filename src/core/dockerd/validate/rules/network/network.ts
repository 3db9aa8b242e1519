import { inRange } from '../../../options/keys/version.js';
import { missingFile, unlessProgram } from '../missing.js';
import { checkNetworkAddresses } from './network-addresses.js';
import {
  booleanOf,
  firstGiven,
  isInFile,
  quote,
  textOf,
  type DecodedConfig,
  type RuleProblem,
} from '../rule.js';

/** Networking: most of it is looked at only when dockerd makes its bridge (moby daemon_unix.go, libnetwork). */
export function checkNetwork(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...checkNetworkAddresses(candidate),
    ...checkIpv6(candidate),
    ...checkFirewall(candidate),
    ...checkProxyPath(candidate),
  ];
}

function checkIpv6(candidate: DecodedConfig): RuleProblem[] {
  const { engine } = candidate;
  if (!inRange(engine, '..26')) return [];
  const found: RuleProblem[] = [];
  if (
    booleanOf(candidate, 'ipv6', false) &&
    isInFile(candidate, 'ipv6') &&
    textOf(candidate, 'bridge') !== 'none' &&
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

function checkFirewall(candidate: DecodedConfig): RuleProblem[] {
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
      path: [firstGiven(candidate, [key, 'icc'])],
      message: `icc false is made with ${key}, which is switched off`,
      hint: `remove icc or ${key}`,
    }));
}

/** Since 25.0 (moby config_linux.go, verifyUserlandProxyConfig); a reload looks at the file alone and misses the default path. */
function checkProxyPath(candidate: DecodedConfig): RuleProblem[] {
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
        fix: { remove: ['userland-proxy'] },
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
  return unlessProgram(candidate, file, missingFile({ key: 'userland-proxy-path', file, stops }));
}
