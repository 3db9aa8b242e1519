import { describe, expect, test } from '@jest/globals';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { type Sayings, speechOf } from '../../../../../src/core/dockerd/running/said.js';

const speech = (parts: Partial<Sayings>) =>
  speechOf({
    ...{ file: {}, argv: ['dockerd'], environment: new Map(), engine: parseVersion('28.5.2')! },
    ...parts,
  });
const merged = (key: string, parts: Partial<Sayings>) => speech(parts).merged(keyNamed(key)!);
const flags = (...words: string[]) => ['dockerd', ...words];

/** moby config.go: of a key and its flag only one may speak; of proxies, and of what is mergeable, both. */
describe('what dockerd makes of it', () => {
  test.each<[string, Partial<Sayings>, object]>([
    ['mtu', {}, { value: undefined, source: null, also: [] }],
    ['mtu', { file: { mtu: 1400 } }, { value: 1400, source: 'file' }],
    ['mtu', { file: { mtu: 0 } }, { value: undefined, source: null }],
    ['mtu', { argv: flags('--mtu=1400') }, { value: 1400, source: 'flag' }],
    [
      'dns',
      { file: { dns: [] }, argv: flags('--dns', '1.1.1.1') },
      { value: ['1.1.1.1'], source: 'flag' },
    ],
    [
      'storage-driver',
      { file: { 'storage-driver': 'overlay2' }, environment: new Map([['DOCKER_DRIVER', 'vfs']]) },
      { value: 'vfs', source: 'environment', also: ['file'] },
    ],
    [
      'proxies',
      {
        file: { proxies: { 'http-proxy': 'a', 'no-proxy': '' } },
        argv: flags('--http-proxy=b', '--https-proxy=c'),
        environment: new Map([['NO_PROXY', 'd']]),
      },
      {
        value: { 'http-proxy': 'a', 'https-proxy': 'c', 'no-proxy': 'd' },
        ...{ source: 'file', also: ['flag', 'environment'] },
      },
    ],
  ])('%s: %j', (key, sayings, expected) => {
    expect(merged(key, sayings)).toMatchObject(expected);
  });

  test.each<[string, string, Partial<Sayings>]>([
    ['a file that nobody knows', 'mtu', { file: null }],
    ['variables that nobody may see', 'proxies', { environment: null, file: { proxies: {} } }],
    [
      'variables before the file',
      'storage-driver',
      { environment: null, file: { 'storage-driver': 'vfs' } },
    ],
  ])('%s decides', (_, key, sayings) => {
    expect(merged(key, sayings)).toBeNull();
  });

  test('a flag tells without the file, which may not have the key then', () => {
    expect(merged('mtu', { file: null, argv: flags('--mtu=1400') })?.value).toBe(1400);
    expect(merged('mtu', { environment: null, file: { mtu: 1400 } })?.value).toBe(1400);
  });
});

test('who says what, each by itself', () => {
  const said = speech({
    argv: flags('-s', 'zfs'),
    environment: new Map([['DOCKER_DRIVER', 'vfs']]),
  });
  const driver = keyNamed('storage-driver')!;
  expect([said.flag(driver), said.environment(driver), said.flag(keyNamed('mtu')!)]).toEqual([
    'zfs',
    'vfs',
    undefined,
  ]);
});
