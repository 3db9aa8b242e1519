import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf } from '../../../../../../support/judge-config.js';

const MTU = 'com.docker.network.driver.mtu';
const options = (parts: object) => ({ 'default-network-opts': parts });
const said = (subject: string, hint: string) => [
  'works',
  `warning unknown-member default-network-opts.${subject} -> ${hint}`,
];

describe('what no network gets', () => {
  test.each<[object, string, string[]]>([
    [
      { bridge: { 'com.docker.network.bridge.mtu': '1450' } },
      '28.5.2',
      said('bridge.com.docker.network.bridge.mtu', `write ${MTU}`),
    ],
    [{ bridge: { mtu: '1450' } }, '28.5.2', said('bridge.mtu', `write ${MTU}`)],
    [{ bridges: { [MTU]: '1450' } }, '28.5.2', said('bridges', 'write bridge')],
    [{ docker0: { [MTU]: '1450' } }, '28.5.2', said('docker0', 'write bridge')],
    [{ docker_gwbridge: { [MTU]: '1450' } }, '26.1.5', said('docker_gwbridge', 'write bridge')],
    [{ Bridge: { [MTU]: '1450' } }, '28.5.2', said('Bridge', 'write bridge')],
    [
      { bridge: { 'com.docker.network.bridge.gateway_mode_ipv4': 'routed' } },
      '26.1.5',
      said(
        'bridge.com.docker.network.bridge.gateway_mode_ipv4',
        'remove "com.docker.network.bridge.gateway_mode_ipv4"',
      ),
    ],
    [{ [MTU]: { x: '1' } }, '28.5.2', said(MTU, `write {"bridge": {"${MTU}": …}}`)],
    [{ host: { x: '1' } }, '28.5.2', said('host', 'remove "host"')],
  ])('%j with %s', (parts, engine, verdict) => {
    expect(verdictOf(options(parts), { engine })).toEqual(verdict);
  });

  test('a network cannot be made with a value of another kind', () => {
    const icc = 'com.docker.network.bridge.enable_icc';
    expect(verdictOf(options({ bridge: { [icc]: 'yes' } }))).toEqual([
      'works',
      `warning bad-network default-network-opts.bridge.${icc} -> write "true" or "false"`,
    ]);
    expect(verdictOf(options({ bridge: { [MTU]: 'big' } }))).toEqual([
      'works',
      `warning bad-network default-network-opts.bridge.${MTU} -> write a whole number, as text`,
    ]);
  });
});

test('a plugin has its own options', () => {
  const config = options({ bridge: { [MTU]: '1450' }, 'vendor/net:1': { a: 'b' } });
  expect(verdictOf(config)).toEqual(['works']);
});

test('26.1 makes networks without the option that enables IPv6, and 28.5 with it', () => {
  const config = options({ bridge: { 'com.docker.network.enable_ipv6': 'true' } });
  expect(judge(config).findings).toEqual([]);
  expect(judge(config, { engine: '26.1.5' }).findings).toMatchObject([
    { code: 'unknown-member', severity: 'warning' },
  ]);
});
