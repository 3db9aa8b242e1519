import { describe, expect, test } from '@jest/globals';
import {
  concernsBridge,
  configsIn,
  keptBlock,
  movesBridge,
  withoutBridge,
} from '../../../../../src/core/dockerd/activation/bridge-reset.js';
import type { JsonObject } from '../../../../../src/core/formats/json/json-object.js';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image, WEB } from '../../../../support/plans.js';

const bridgeAt = (Subnet: string) => ({
  ...NO_WITNESSES,
  defaultBridge: { IPAM: { Config: [{ Subnet: 'fd00::/64' }, { Subnet }] } },
});
const POOLS = { 'default-address-pools': [{ base: '10.66.0.0/16', size: 24 }] };

describe('the address that docker0 keeps', () => {
  test.each<[string, string, JsonObject, JsonObject, string | null]>([
    ['bip is gone', '10.77.0.0/24', { bip: '10.77.0.1/24' }, {}, '10.77.0.0/24'],
    ['bip is empty', '10.77.0.0/24', { bip: '10.77.0.1/24' }, { bip: '' }, '10.77.0.0/24'],
    ['bip was never in force', '172.17.0.0/16', { bip: '10.77.0.1/24' }, {}, null],
    ['another bip', '10.77.0.0/24', { bip: '10.77.0.1/24' }, { bip: '10.78.0.1/24' }, null],
    ['no bridge', '10.77.0.0/24', { bip: '10.77.0.1/24' }, { bridge: 'none' }, null],
    ['pools are gone', '10.66.0.0/24', POOLS, {}, '10.66.0.0/24'],
    ['docker0 is in no pool', '172.17.0.0/16', POOLS, {}, null],
    ['pools stay', '10.66.0.0/24', POOLS, { ...POOLS, debug: true }, null],
    ['bip beside pools', '10.66.9.0/24', { ...POOLS, bip: '10.66.9.1/24' }, POOLS, '10.66.9.0/24'],
  ])('%s', (_, subnet, has, wanted, block) => {
    const observed = observedDaemon({ witnesses: bridgeAt(subnet) });
    expect(keptBlock(observed, { has, wanted })).toBe(block);
  });

  test('is not known where a flag gives it, or docker0 cannot be seen', () => {
    const pair = { has: { bip: '10.77.0.1/24' }, wanted: {} };
    const argv = ['dockerd', '--bip=10.77.0.1/24'];
    expect(
      keptBlock(observedDaemon({ argv, witnesses: bridgeAt('10.77.0.0/24') }), pair),
    ).toBeNull();
    expect(keptBlock(observedDaemon({}), pair)).toBeNull();
  });
});

describe('docker0 is made anew', () => {
  const pair = { has: { bip: '10.77.0.1/24' }, wanted: {} };
  const witnesses = bridgeAt('10.77.0.0/24');

  test.each([
    ['no container', [], 'keep', false, true],
    ['containers that run', [WEB], 'keep', false, false],
    ['containers that may end', [WEB], 'stop', false, true],
    ['containers that may end and outlive it', [WEB], 'stop', true, false],
  ] as const)('%s', (_, containers, how, LiveRestoreEnabled, moves) => {
    const observed = observedDaemon({ containers, witnesses, info: { LiveRestoreEnabled } });
    expect(movesBridge(observed, pair, how)).toBe(moves);
  });

  test('by a file that has no bridge and keeps all else', () => {
    expect(withoutBridge('{"debug":true}')).toBe('{"debug":true,"bridge":"none"}');
    expect(JSON.parse(withoutBridge(null) ?? '')).toEqual({ bridge: 'none' });
    expect(withoutBridge('{,}')).toBeNull();
  });

  test('for changes of its address only', () => {
    const of = (before: string | null, after: string | null) =>
      concernsBridge(
        configsIn(before === null ? null : image(before), after === null ? null : image(after)),
      );
    expect(of('{"debug":true}', '{}')).toBe(false);
    expect(of(null, '{"bip":"10.77.0.1/24"}')).toBe(true);
  });
});
