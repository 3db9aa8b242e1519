import { describe, expect, test } from '@jest/globals';
import { expectationsOf } from '../../../../../src/core/dockerd/activation/proof.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';
import type { ActivationAction } from '../../../../../src/core/plan/plan.js';

const proofs = (
  name: string,
  [before, after]: readonly [Json | undefined, Json | undefined],
  {
    version = '26.1.5',
    action = 'reload',
  }: { readonly version?: string; readonly action?: ActivationAction } = {},
) =>
  expectationsOf({ name, before, after, action, engine: parseVersion(version)! }).map((one) =>
    one.kind === 'info'
      ? [one.pointer, one.match, one.value]
      : one.kind === 'reload-event'
        ? [one.attribute, one.value]
        : one.kind,
  );

/** As GET /info and the event `daemon reload` of real engines have it. */
describe('what must be seen', () => {
  test.each<[string, [Json | undefined, Json | undefined], Json[][]]>([
    ['debug', [undefined, true], [['/Debug', 'equals', true]]],
    ['debug', [true, undefined], [['/Debug', 'equals', false]]],
    [
      'registry-mirrors',
      [undefined, ['https://a']],
      [['/RegistryConfig/Mirrors', 'equals', ['https://a/']]],
    ],
    ['registry-mirrors', [['https://a'], []], [['/RegistryConfig/Mirrors', 'equals', []]]],
    ['labels', [undefined, ['a=1']], [['/Labels', 'includes', 'a=1']]],
    [
      'insecure-registries',
      [
        ['old:5000', '10.1.0.0/16'],
        ['new:5000', '10.2.0.1/16', '127.0.0.0/8'],
      ],
      [
        ['/RegistryConfig/IndexConfigs', 'includes', 'new:5000'],
        ['/RegistryConfig/IndexConfigs', 'excludes', 'old:5000'],
        ['/RegistryConfig/InsecureRegistryCIDRs', 'includes', '10.2.0.0/16'],
        ['/RegistryConfig/InsecureRegistryCIDRs', 'excludes', '10.1.0.0/16'],
      ],
    ],
    ['shutdown-timeout', [undefined, 20], [['shutdown-timeout', '20']]],
    ['default-shm-size', [undefined, '1m'], [['default-shm-size', '1048576']]],
    ['no-such-key', [undefined, 1], []],
  ])('%s, %j', (name, values, expected) => {
    expect(proofs(name, values)).toEqual(expected);
  });

  test.each<[string, Json, Json[][]]>([
    ['userns-remap', 'default', [['/SecurityOptions', 'includes', 'name=userns']]],
    ['userns-remap', '', [['/SecurityOptions', 'excludes', 'name=userns']]],
    [
      'exec-opts',
      ['native.cgroupdriver=cgroupfs', 'native.cgroupdriver=systemd'],
      [['/CgroupDriver', 'equals', 'systemd']],
    ],
    ['exec-opts', ['a=b'], []],
    [
      'default-address-pools',
      [{ base: '10.0.0.0/16', size: 24 }],
      [['/DefaultAddressPools', 'equals', [{ Base: '10.0.0.0/16', Size: 24 }]]],
    ],
    ['default-address-pools', [{ base: '10.0.0.1/16', size: 24 }], []],
    ['default-address-pools', [{ base: 'x', size: 24 }], []],
  ])('after a restart, %s %j', (name, after, expected) => {
    expect(proofs(name, [undefined, after], { action: 'restart' })).toEqual(expected);
  });
});

test('nothing where dockerd was not told, and nothing of an event where there was none', () => {
  expect(proofs('debug', [undefined, true], { action: 'none' })).toEqual([]);
  expect(proofs('shutdown-timeout', [undefined, 20], { action: 'restart' })).toEqual([]);
});

test('20.10 never lists no-new-privileges', () => {
  const proof = (version: string) =>
    proofs('no-new-privileges', [undefined, true], { version, action: 'restart' });
  expect(proof('20.10.24')).toEqual([]);
  expect(proof('28.5.2')).toEqual([['/SecurityOptions', 'includes', 'name=no-new-privileges']]);
});
