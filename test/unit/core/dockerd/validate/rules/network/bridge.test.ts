import { describe, expect, test } from '@jest/globals';
import { neededBy, saidAt, verdictOf, type Row } from '../../../../../../support/judge-config.js';

describe('a bridge of your own (moby daemon_unix.go, initBridgeDriver)', () => {
  test('is there before dockerd starts', () => {
    expect(saidAt('{"bridge": "br0"}', { host: { interfaces: ['lo'] } })).toEqual([
      'error bad-network 1:2',
    ]);
    expect(neededBy({ bridge: 'br0' })).toEqual(['bridge: br0']);
    expect(neededBy({ bridge: 'docker0' })).toEqual([]);
  });

  const MAKE =
    'error bad-network bridge -> make it first: ip link add NAME type bridge, or remove the key';
  test.each<Row>([
    [{ bridge: 'br0' }, { host: { interfaces: ['lo', 'br0'] } }, ['works']],
    // An interface of that name is not yet a bridge.
    [
      { bridge: 'br0' },
      { host: { interfaces: ['lo', 'br0'], kindOf: () => null } },
      ['no start', MAKE],
    ],
    [{ bridge: 'none', bip: '' }, { host: { interfaces: ['lo'] } }, ['works']],
    [
      { bridge: 'br0', bip: '10.5.0.1/24' },
      { host: { interfaces: ['br0'] } },
      ['no start', 'error exclusive-keys bip -> remove bip or bridge'],
    ],
    [
      { bridge: 'br0', ipv6: true, bip6: 'fd00:5::1/64' },
      { host: { interfaces: ['br0'] } },
      ['no start', 'error exclusive-keys bip6 -> remove bip6 or bridge'],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

/** What a veth interface takes (linux include/uapi/linux/if_ether.h); the bridge itself has it since 25. */
describe('mtu', () => {
  const said = 'error bad-value mtu -> write a number from 68 to 65535';
  test.each<Row>([
    [{ mtu: 0 }, {}, ['works']],
    [{ mtu: 68 }, {}, ['works']],
    [{ mtu: 65535 }, {}, ['works']],
    [{ mtu: 67 }, {}, ['no start', said]],
    [{ mtu: 65536 }, {}, ['no start', said]],
    [{ mtu: 67 }, { engine: '24' }, ['no container', said]],
    [{ mtu: -1 }, { engine: '20.10' }, ['no start', said]],
    [{ mtu: -1 }, {}, ['no start, no reload', 'error bad-value mtu -> write a number from 0']],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
