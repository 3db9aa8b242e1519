import { describe, expect, test } from '@jest/globals';
import { flagConfig } from '../../../../../src/core/dockerd/options/flag-config.js';
import { parseFlags } from '../../../../../src/core/dockerd/options/flags.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';

const read = (flags: string, engine = '28.5.2') =>
  flagConfig(parseFlags(['dockerd', ...flags.split(' ')]), parseVersion(engine)!);

/** The form of the file that makes dockerd start alike. */
describe('flags in the form of the file', () => {
  test.each<[string, object]>([
    ['-D --icc=F', { debug: true, icc: false }],
    ['--mtu 1400 --mtu 0x5dc', { mtu: 1500 }],
    ['-H fd:// -H tcp://127.0.0.1:2375', { hosts: ['fd://', 'tcp://127.0.0.1:2375'] }],
    ['--dns 1.1.1.1,8.8.8.8 --dns 9.9.9.9', { dns: ['1.1.1.1', '8.8.8.8', '9.9.9.9'] }],
    ['--log-opt max-size=1m --log-opt a=b=c', { 'log-opts': { 'max-size': '1m', a: 'b=c' } }],
    ['--log-opt a=1 --log-opt a=2', { 'log-opts': { a: '2' } }],
    [
      '--default-ulimit nofile=1:2',
      { 'default-ulimits': { nofile: { Name: 'nofile', Soft: 1, Hard: 2 } } },
    ],
    [
      '--default-address-pool base=10.0.0.0/16,size=24 --default-address-pool base=10.1.0.0/16,size=28',
      {
        'default-address-pools': [
          { base: '10.0.0.0/16', size: 24 },
          { base: '10.1.0.0/16', size: 28 },
        ],
      },
    ],
    [
      '--default-network-opt bridge=a=1 --default-network-opt bridge=b=2',
      { 'default-network-opts': { bridge: { a: '1', b: '2' } } },
    ],
    ['--add-runtime crun=/usr/bin/crun', { runtimes: { crun: { path: '/usr/bin/crun' } } }],
    ['--feature containerd-snapshotter=false', { features: { 'containerd-snapshotter': false } }],
    ['--label a=b --label a=b', { labels: ['a=b', 'a=b'] }],
    ['--containerd /run/x --pidfile /run/y --config-file /z --validate', {}],
  ])('%s', (flags, config) => {
    expect(Object.fromEntries(read(flags).config)).toEqual(config);
    expect(read(flags).unread).toEqual([]);
  });

  test('commas in dns count since 25.0', () => {
    expect(read('--dns 1.1.1.1,8.8.8.8', '20.10.24').config.get('dns')).toEqual([
      '1.1.1.1,8.8.8.8',
    ]);
  });

  test('a flag that this engine has not says nothing', () => {
    expect(read('--feature a', '20.10.24').config.size).toBe(0);
    expect(read('--graph /data').config.size).toBe(0);
  });
});

test('what the parser refuses is told, and the rest is read', () => {
  const { config, unread } = read('--mtu big --icc=maybe --debug --add-runtime runc=/x');
  expect(unread.map(({ use, expects }) => [use.text, expects])).toEqual([
    ['--mtu big', 'a whole number'],
    ['--icc=maybe', 'true or false'],
    ['--add-runtime runc=/x', 'a name other than runc, which is taken'],
  ]);
  expect([...config]).toEqual([['debug', true]]);
});

test('which flag gave a value', () => {
  const flags = read('--dns 1.1.1.1 --dns 8.8.8.8 --log-opt a=1 --mtu 1400');
  expect(flags.useAt(['dns', 0])?.text).toBe('--dns 1.1.1.1');
  expect(flags.useAt(['dns', 1])?.text).toBe('--dns 8.8.8.8');
  expect(flags.useAt(['log-opts', 'a'])?.text).toBe('--log-opt a=1');
  expect(flags.useAt(['mtu'])?.text).toBe('--mtu 1400');
  expect(flags.useAt(['debug'])).toBeUndefined();
  expect(flags.useAt([])).toBeUndefined();
});
