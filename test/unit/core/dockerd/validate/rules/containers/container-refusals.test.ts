import { expect, test } from '@jest/globals';
import { parseVersion } from '../../../../../../../src/core/dockerd/options/keys/version.js';
import { validateConfig } from '../../../../../../../src/core/dockerd/validate/validate.js';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';

const judge = (config: unknown, engine: string, host: HostFacts = {}) =>
  validateConfig({
    bytes: Buffer.from(JSON.stringify(config)),
    engine: parseVersion(engine)!,
    argv: ['dockerd'],
    host,
  });
const SYSTEMD: HostFacts = { systemd: true, cgroup: 'v2', rootlessKit: false, kindOf: () => null };
const regex = (driver: string, option: string, value: string) => ({
  'log-driver': driver,
  'log-opts': { [option]: value },
});

/** As three real engines answered (20.10.24, 26.1.5, 28.5.2): does a container start? */
test.each<[unknown, string, boolean]>([
  [regex('json-file', 'labels-regex', '(['), '20.10.24', false],
  [regex('json-file', 'labels-regex', '(['), '28.5.2', false],
  [regex('journald', 'env-regex', 'a(?=b)'), '26.1.5', false],
  [regex('journald', 'env-regex', 'a(?=b)'), '28.5.2', true],
  [regex('syslog', 'env-regex', '(['), '26.1.5', true],
  [regex('json-file', 'labels-regex', '^(prod|stage)'), '28.5.2', true],
  [{ 'cgroup-parent': '/x.slice' }, '26.1.5', false],
  [{ 'cgroup-parent': 'a--b.slice' }, '28.5.2', false],
  [{ 'cgroup-parent': 'x y.slice' }, '20.10.24', false],
  [{ 'cgroup-parent': 'a@b.slice' }, '28.5.2', false],
  [{ 'cgroup-parent': '-.slice' }, '28.5.2', true],
  [{ 'cgroup-parent': 'a\\b.slice' }, '20.10.24', true],
  [{ 'cgroup-parent': 'docker-build.slice' }, '28.5.2', true],
  [{ rootless: true }, '20.10.24', false],
  [{ rootless: true }, '26.1.5', false],
])('%j on %s: %s', (config, engine, containers) => {
  expect(judge(config, engine, SYSTEMD)).toMatchObject({ starts: true, containers });
});

test('an env-regex that fails only where there are variables is a warning', () => {
  expect(judge(regex('journald', 'env-regex', '(['), '28.5.2').findings).toMatchObject([
    { code: 'bad-log-option', severity: 'warning', subject: 'log-opts.env-regex' },
  ]);
});

test.each([
  ['dm.thinpooldev=/dev/mapper/pool', '/dev/mapper/pool'],
  ['dm.thinpooldev=docker-thinpool', '/dev/mapper/docker-thinpool'],
  ['dm.directlvm_device=/dev/xvdf', '/dev/xvdf'],
])('%s needs its device', (option, device) => {
  const config = { 'storage-driver': 'devicemapper', 'storage-opts': [option] };
  expect(judge(config, '20.10.24').needs).toContainEqual(
    expect.objectContaining({ key: 'storage-opts.0', needs: 'device', what: device }),
  );
  const kindOf = (path: string) => (path === device ? null : 'other');
  expect(judge(config, '20.10.24', { kindOf }).findings).toMatchObject([
    { code: 'storage-option', subject: 'storage-opts.0' },
  ]);
});

test.each(['dm.foo=1', 'dm.fs=btrfs', 'dm.min_free_space=200%', 'dm.basesize=x', 'novalue'])(
  'devicemapper refuses %s',
  (option) => {
    const config = { 'storage-driver': 'devicemapper', 'storage-opts': [option] };
    expect(judge(config, '20.10.24', { kindOf: () => 'other' })).toMatchObject({ starts: false });
  },
);
