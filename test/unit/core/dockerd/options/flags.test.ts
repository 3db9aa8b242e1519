import { describe, expect, test } from '@jest/globals';
import { flagConflicts, parseFlags } from '../../../../../src/core/dockerd/options/flags.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';

const packaged = parseFlags([
  '/usr/sbin/dockerd',
  '-H',
  'fd://',
  '--containerd=/run/containerd/containerd.sock',
]);
const valuesOf = (argv: readonly string[]) =>
  Object.fromEntries(
    [...parseFlags(['dockerd', ...argv]).flags].map(([name, flag]) => [name, flag.values]),
  );

describe("dockerd's command line", () => {
  test.each([
    [['-H', 'fd://', '-H=tcp://0.0.0.0:1'], { host: ['fd://', 'tcp://0.0.0.0:1'] }],
    [['-Hfd://'], { host: ['fd://'] }],
    [['-Dl', 'warn'], { debug: ['true'], 'log-level': ['warn'] }],
    [['--debug', '--tls=false'], { debug: ['true'], tls: ['false'] }],
    [['--mtu', '1400', '--mtu=1500'], { mtu: ['1400', '1500'] }],
    [['--host='], { host: [''] }],
    [['--config-file', '/x.json'], { 'config-file': ['/x.json'] }],
    [['--insecure-registry', 'a', '--insecure-registry', 'b'], { 'insecure-registry': ['a', 'b'] }],
  ])('%j', (argv, expected) => {
    expect(valuesOf(argv)).toEqual(expected);
  });

  test('words that are no flag of dockerd are strays', () => {
    expect(parseFlags(['dockerd', 'daemon', '--nonsense', '-Z', '--', '-D']).strays).toEqual([
      'daemon',
      '--nonsense',
      '-Z',
      '-D',
    ]);
  });
});

describe('a flag without its value', () => {
  test('at the end has none', () => {
    const { flags, valueless } = parseFlags(['dockerd', '--debug', '-H']);
    expect(valueless.map(({ text }) => text)).toEqual(['-H']);
    expect(flags.has('host')).toBe(false);
  });

  test.each([
    [['-H', '--insecure-registry', 'a'], '-H --insecure-registry', 'a'],
    [['--registry-mirror', '--debug'], '--registry-mirror --debug', null],
    [['--label', '--mtu=1400'], '--label --mtu=1400', null],
  ])('%j swallows the next', (argv, text, orphan) => {
    const { flags, strays } = parseFlags(['dockerd', ...argv]);
    const uses = [...flags.values()].flatMap((flag) => flag.uses);
    expect(uses).toMatchObject([{ text, swallows: { orphan } }]);
    expect(strays).toEqual([]);
  });

  test('and a negative number is a value', () => {
    const [use] = parseFlags(['dockerd', '--mtu', '-5']).flags.get('mtu')?.uses ?? [];
    expect(use?.swallows).toBeUndefined();
  });
});

describe('a key that is also a flag', () => {
  const engine = parseVersion('28.5.2')!;

  test('conflicts under the packaged unit for hosts and containerd', () => {
    const conflicts = flagConflicts(['debug', 'hosts', 'containerd'], packaged, engine);
    expect(conflicts.map(({ key, flag }) => [key, flag.written])).toEqual([
      ['hosts', '-H'],
      ['containerd', '--containerd=/run/containerd/containerd.sock'],
    ]);
  });

  test.each([
    ['runtimes', '--add-runtime=a=/b', []],
    ['log-opts', '--log-opt=a=b', ['log-opts']],
    ['log-opts', '--log-driver=syslog', []],
    ['host', '--host=fd://', []],
    ['http-proxy', '--http-proxy=http://p', ['http-proxy']],
    ['features', '--feature=a', ['features']],
    ['host-gateway-ip', '--host-gateway-ip=1.2.3.4', ['host-gateway-ip']],
    ['config-file', '--config-file=/x', ['config-file']],
  ])('%s beside %s: %j', (key, flag, expected) => {
    const found = flagConflicts([key], parseFlags(['dockerd', flag]), engine);
    expect(found.map((conflict) => conflict.key)).toEqual(expected);
  });
});
