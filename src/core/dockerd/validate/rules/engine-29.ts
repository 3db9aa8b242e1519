import { memberOf } from '../../../formats/json/json-object.js';
import { textOf, booleanOf, noEffect, type DecodedConfig, type RuleProblem } from './rule.js';
import { inRange } from '../../options/keys/version.js';

/**
 * What came with 29, by value and by what stands together, each rule as its source has it (moby docker-v29.0.0 … v29.7.2).
 * No engine 29 has been asked: bench/agreement/engine-29.json5 is the same as a table, for the first machine that has one.
 */
export function checkEngine29(candidate: DecodedConfig): RuleProblem[] {
  if (!inRange(candidate.engine, '29..')) return [];
  return [
    ...checkMark(candidate),
    ...checkEmbedded(candidate),
    ...checkNftables(candidate),
    ...checkSwarmFirewall(candidate),
  ];
}

/** daemon/config/config_linux.go, validateFwMarkMask: strconv.ParseUint with base 0 and 32 bits, twice. */
function checkMark(candidate: DecodedConfig): RuleProblem[] {
  const value = candidate.config.get('bridge-accept-fwmark');
  if (typeof value !== 'string' || value === '') return [];
  const [mark = '', ...masks] = value.split('/');
  if (isUint32(mark) && masks.length < 2 && masks.every(isUint32)) return [];
  return [
    {
      code: 'bad-value',
      path: ['bridge-accept-fwmark'],
      message: `dockerd refuses bridge-accept-fwmark ${JSON.stringify(value.slice(0, 80))}`,
      hint: 'write a mark, with a mask if need be, such as "0x1/0x3"',
      stops: 'both',
    },
  ];
}

/** With base 0 the prefix says the base, and `_` may stand between digits (strconv.ParseUint). */
function isUint32(text: string): boolean {
  const spelt =
    /^(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?\d)*)$/.test(text);
  if (!spelt) return false;
  const digits = text.replaceAll('_', '').toLowerCase();
  const value = Number(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  return value <= 0xffff_ffff;
}

/** daemon/config/config.go, Validate, since 29.7. */
function checkEmbedded(candidate: DecodedConfig): RuleProblem[] {
  const embedded = memberOf(candidate.config.get('features'), 'embedded-containerd') === true;
  if (!embedded || !inRange(candidate.engine, '29.7..')) return [];
  if (!booleanOf(candidate, 'cri-containerd', false)) return [];
  return [
    {
      code: 'exclusive-keys',
      path: ['cri-containerd'],
      message: 'cri-containerd and features.embedded-containerd exclude each other',
      hint: 'remove one of them',
      stops: 'both',
    },
  ];
}

/** The nftables of dockerd switches no forwarding on (libnetwork/drivers/bridge/setup_ip_forwarding.go, checkIPv4Forwarding). */
function checkNftables(candidate: DecodedConfig): RuleProblem[] {
  if (textOf(candidate, 'firewall-backend') !== 'nftables') return [];
  const found = booleanOf(candidate, 'ip-forward-no-drop', false)
    ? [
        noEffect(
          ['ip-forward-no-drop'],
          'with nftables dockerd drops nothing that is forwarded: ip-forward-no-drop does nothing',
          'remove ip-forward-no-drop',
        ),
      ]
    : [];
  const { ipForward } = candidate.host;
  if (
    ipForward === true ||
    textOf(candidate, 'bridge') === 'none' ||
    !booleanOf(candidate, 'ip-forward', true)
  )
    return found;
  return [
    ...found,
    {
      code: 'bad-network',
      path: ['firewall-backend'],
      message: 'with nftables dockerd needs net.ipv4.ip_forward = 1, and does not set it',
      hint: 'sysctl -w net.ipv4.ip_forward=1 and a file in /etc/sysctl.d, or set ip-forward to false',
      stops: 'start',
      ...(ipForward === undefined && {
        need: { needs: 'kernel', what: 'sysctl net.ipv4.ip_forward = 1' },
      }),
    },
  ];
}

/** daemon/config/config_linux.go, IsSwarmCompatible: swarm-nftables lets it pass since 29.6. */
function checkSwarmFirewall(candidate: DecodedConfig): RuleProblem[] {
  const { host, engine, config } = candidate;
  const swarmTables =
    inRange(engine, '29.6..') && memberOf(config.get('features'), 'swarm-nftables') === true;
  if (
    host.swarm !== 'active' ||
    textOf(candidate, 'firewall-backend') !== 'nftables' ||
    !booleanOf(candidate, 'iptables', true) ||
    swarmTables
  )
    return [];
  return [
    {
      code: 'bad-network',
      path: ['firewall-backend'],
      message:
        'this machine is in a swarm, which does without nftables: the next start of dockerd fails',
      hint: inRange(engine, '29.6..')
        ? 'remove firewall-backend, or add "features": {"swarm-nftables": true}'
        : 'remove firewall-backend',
      stops: 'start',
    },
  ];
}
