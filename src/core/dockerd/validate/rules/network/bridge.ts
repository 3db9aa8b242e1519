import { inRange } from '../../../options/keys/version.js';
import { checkBridge4 } from './bridge-ipv4.js';
import { checkBridge6 } from './bridge-ipv6.js';
import { quote, textOf, type DecodedConfig, type RuleProblem } from '../rule.js';

/** The default bridge, which dockerd makes when it starts, or is told of (moby daemon_unix.go, initBridgeDriver). */
export function checkBridge(candidate: DecodedConfig): RuleProblem[] {
  const bridge = textOf(candidate, 'bridge');
  if (bridge !== '' && textOf(candidate, 'bip') !== '') return [exclusive('bip')];
  if (bridge !== '' && textOf(candidate, 'bip6') !== '' && inRange(candidate.engine, '28..'))
    return [exclusive('bip6')];
  if (bridge === 'none') return [];
  if (bridge !== '' && bridge !== DOCKER0) return missingBridge(candidate, bridge);
  return [...checkBridge4(candidate), ...checkBridge6(candidate), ...checkMtu(candidate)];
}

/** The one bridge that dockerd makes by itself. */
const DOCKER0 = 'docker0';

function exclusive(key: string): RuleProblem {
  return {
    code: 'exclusive-keys',
    path: [key],
    message: `bridge and ${key} exclude each other: a bridge of your own has its own address`,
    hint: `remove ${key} or bridge`,
    stops: 'start',
  };
}

function missingBridge({ host }: DecodedConfig, bridge: string): RuleProblem[] {
  const unseen = host.interfaces === undefined;
  const isBridge = host.kindOf?.(`/sys/class/net/${bridge}/bridge`) !== null;
  if (host.interfaces?.includes(bridge) === true && isBridge) return [];
  return [
    {
      code: 'bad-network',
      path: ['bridge'],
      message: `this machine has no bridge ${quote(bridge)}, and dockerd makes none but ${DOCKER0}`,
      hint: 'make it first: ip link add NAME type bridge, or remove the key',
      ...(unseen && { need: { needs: 'bridge', what: bridge } }),
    },
  ];
}

/** What a veth interface takes (linux include/uapi/linux/if_ether.h); 0 is dockerd's default. */
function checkMtu({ config, engine }: DecodedConfig): RuleProblem[] {
  const mtu = config.get('mtu');
  if (typeof mtu !== 'number' || mtu === 0 || (mtu >= 68 && mtu <= 65_535)) return [];
  // What is negative is refused by itself since 23.0.
  if (mtu < 0 && inRange(engine, '23..')) return [];
  const refused = mtu < 0 || inRange(engine, '25..');
  return [
    {
      code: 'bad-value',
      path: ['mtu'],
      message: refused
        ? `dockerd refuses mtu ${mtu}`
        : `no container of the default network starts with mtu ${mtu}`,
      hint: 'write a number from 68 to 65535',
      stops: refused ? 'start' : 'containers',
    },
  ];
}
