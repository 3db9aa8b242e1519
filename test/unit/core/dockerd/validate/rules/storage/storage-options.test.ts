import { describe, expect, test } from '@jest/globals';
import {
  deviceOf,
  optionFault,
} from '../../../../../../../src/core/dockerd/validate/rules/storage/storage-options.js';
import { engineOf } from '../../../../../../../src/core/dockerd/options/keys/version.js';
import { judge, neededBy } from '../../../../../../support/judge-config.js';

test.each([
  ['dm.thinpooldev=/dev/mapper/pool', '/dev/mapper/pool'],
  ['dm.thinpooldev=docker-thinpool', '/dev/mapper/docker-thinpool'],
  ['dm.directlvm_device=/dev/xvdf', '/dev/xvdf'],
])('%s needs its device', (option, device) => {
  const config = { 'storage-driver': 'devicemapper', 'storage-opts': [option] };
  expect(judge(config, { engine: '20.10.24' }).needs).toContainEqual(
    expect.objectContaining({ key: 'storage-opts.0', needs: 'device', what: device }),
  );
  expect(neededBy(config, { engine: '20.10.24' })).toContain(`storage-opts.0: ${device}`);
  const kindOf = (path: string) => (path === device ? null : 'other');
  expect(judge(config, { engine: '20.10.24', host: { kindOf } }).findings).toMatchObject([
    { code: 'storage-option', subject: 'storage-opts.0' },
  ]);
});

test.each(['dm.foo=1', 'dm.fs=btrfs', 'dm.min_free_space=200%', 'dm.basesize=x', 'novalue'])(
  'devicemapper refuses %s',
  (option) => {
    const config = { 'storage-driver': 'devicemapper', 'storage-opts': [option] };
    expect(judge(config, { engine: '20.10.24', host: { kindOf: () => 'other' } })).toMatchObject({
      starts: false,
    });
  },
);

/** moby daemon/graphdriver, parseOptions of each. */
describe('what a driver takes', () => {
  const fault = (option: string, driver: string, version = '28.5.2') => {
    const [name = '', value = ''] = option.split('=');
    return optionFault({ name, value }, { driver, engine: engineOf(version) });
  };

  test.each([
    ['overlay2.size=10G', 'overlay2'],
    ['btrfs.min_space=1G', 'btrfs'],
    ['size=1G', 'vfs'],
  ])('%s: %s', (option, driver) => {
    expect(fault(option, driver)).toBeNull();
  });

  test.each([
    ['overlay2.size=big', 'overlay2', 'it is not a size'],
    ['overlay2.mountopt=nodev', 'overlay2', 'overlay2 does not know it'],
    ['size=1G', 'overlay2', 'overlay2 does not know it'],
    ['constructor=1', 'overlay2', 'overlay2 does not know it'],
    ['=1', 'vfs', 'it is not name=value'],
  ])('%s, which %s does not: %s', (option, driver, reason) => {
    expect(fault(option, driver)).toBe(reason);
  });

  test('override_kernel_check is gone since 24', () => {
    const option = 'overlay2.override_kernel_check=true';
    expect(fault(option, 'overlay2', '23.0.18')).toBeNull();
    expect(fault(option, 'overlay2', '24.0.0')).toMatch(/of dockerd 24.* does not know it$/);
  });
});

test('only options of devices name one', () => {
  expect(deviceOf({ name: 'dm.datadev', value: '/dev/sdb' })).toBe('/dev/sdb');
  expect(deviceOf({ name: 'dm.basesize', value: '/dev/sdb' })).toBeNull();
  expect(deviceOf({ name: 'dm.thinpooldev', value: '' })).toBeNull();
});
