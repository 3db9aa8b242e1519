import { describe, expect, test } from '@jest/globals';
import { validateConfig } from '../../../../../src/core/dockerd/validate/validate.js';
import {
  enginesOfFlag,
  flagLettered,
  flagNamed,
  hasFlag,
  isFlagName,
  keyOfFlag,
  keysOfFlag,
} from '../../../../../src/core/dockerd/options/flag-table.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV, referenceHost } from '../../../../support/reference-host.js';

const engineOf = (text: string) => parseVersion(text)!;

/** Asked of real dockerds: `dockerd --validate FLAGS`, and of 20.10 `dockerd --version FLAGS`. */
const judge = (flags: string, engine = '26.1.5') =>
  validateConfig({
    bytes: Buffer.from('{}'),
    engine: engineOf(engine),
    argv: [...PACKAGED_ARGV, ...flags.split(' ')],
    host: referenceHost(engine),
    sourceOf: () => '/etc/default/docker',
  });

const ENGINES = ['20.10.24', '26.1.5', '28.5.2'];

describe('flags that came or went', () => {
  test.each([
    ['-g /data', [true, false, false]],
    ['--graph=/data', [true, false, false]],
    ['--cluster-store etcd://a:1', [true, false, false]],
    ['--oom-score-adjust 0', [true, false, false]],
    ['--http-proxy http://p', [false, true, true]],
    ['--cdi-spec-dir /etc/cdi', [false, true, true]],
    ['--default-network-opt bridge=a=b', [false, true, true]],
    ['--feature foo', [false, false, true]],
    ['--ip-forward-no-drop', [false, false, true]],
    ['--validate', [false, true, true]],
    ['--api-cors-header=', [true, true, true]],
    ['--allow-nondistributable-artifacts x', [true, true, true]],
    ['--network-diagnostic-port 5', [true, true, true]],
    ['--firewall-backend iptables', [false, false, false]],
    ['--disable-legacy-registry', [false, false, false]],
  ])('%s', (flags, known) => {
    const strange = ENGINES.map(
      (engine) =>
        !judge(flags, engine).findings.some(({ code }) => code === 'flag-of-other-engine'),
    );
    expect(strange).toEqual(known);
  });

  test('name what took their place', () => {
    expect(judge('-g /data').findings).toMatchObject([
      {
        code: 'flag-of-other-engine',
        subject: '-g /data',
        message: 'dockerd 26.1.5 has no flag -g',
        hint: 'write --data-root, in /etc/default/docker',
      },
    ]);
  });
});

/** `dockerd --help` of each engine, its letters. */
test.each([
  ['D', 'debug'],
  ['H', 'host'],
  ['l', 'log-level'],
  ['s', 'storage-driver'],
  ['G', 'group'],
  ['b', 'bridge'],
  ['p', 'pidfile'],
  ['g', 'graph'],
  ['v', 'version'],
  ['h', 'help'],
  ['r', 'restart'],
])('-%s is --%s', (letter, name) => {
  expect(flagLettered(letter)?.name).toBe(name);
});

test.each(['Z', '', '-', 'HH', 'constructor'])('no flag has the letter %j', (letter) => {
  expect(flagLettered(letter)).toBeUndefined();
});

test.each([
  ['host', 'hosts'],
  ['registry-mirror', 'registry-mirrors'],
  ['add-runtime', 'runtimes'],
  ['storage-opt', 'storage-opts'],
  ['default-ulimit', 'default-ulimits'],
  ['label', 'labels'],
  ['icc', 'icc'],
])('--%s fills the key %s', (flag, key) => {
  expect(keyOfFlag(flag, engineOf('28.5.2'))?.name).toBe(key);
  expect(keysOfFlag(flag).map(({ name }) => name)).toContain(key);
});

test('a flag of no key fills none, and may stand in the file all the same', () => {
  for (const name of ['config-file', 'version', 'http-proxy', 'validate']) {
    expect(keyOfFlag(name, engineOf('28.5.2'))).toBeUndefined();
    expect(isFlagName(name)).toBe(true);
  }
});

test.each(['hosts', 'registry-mirrors', 'proxies', '', '__proto__', 'debug '])(
  '%j is no flag',
  (name) => {
    expect(flagNamed(name)).toBeUndefined();
    expect(isFlagName(name)).toBe(false);
  },
);

test('a boolean flag takes no word for its value', () => {
  expect(flagNamed('tlsverify')?.boolean).toBe(true);
  expect(flagNamed('live-restore')?.boolean).toBe(true);
  expect(flagNamed('tlscacert')?.boolean).toBe(false);
  expect(flagNamed('config-file')?.boolean).toBe(false);
});

test('the flag of a proxy came with 23.0, whose key of the file is another', () => {
  expect(enginesOfFlag('http-proxy')).toEqual(['23..']);
  expect([
    hasFlag(engineOf('20.10.24'), 'no-proxy'),
    hasFlag(engineOf('23.0.0'), 'no-proxy'),
  ]).toEqual([false, true]);
});
