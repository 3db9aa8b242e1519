import { expect, test } from '@jest/globals';
import { inFile, saidOf } from '../../../../../src/core/dockerd/running/places.js';
import { lookAt } from '../../../../../src/core/dockerd/running/looked.js';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const said = (key: string, file: string, parts: Partial<ObservedDaemon> = {}) =>
  saidOf(
    keyNamed(key)!,
    lookAt(observedDaemon(parts), openDocument(Buffer.from(file), '/d.json')),
  ).map(({ source, value, from }) => [source, value, from]);
const words = (...texts: string[]) =>
  ['/usr/sbin/dockerd', ...texts].map((word) => ({ word, source: '/etc/default/docker' }));

test('the file, by its line', () => {
  expect(said('mtu', '{\n  "debug": true,\n  "mtu": 1400\n}')).toEqual([
    ['file', 1400, '/etc/docker/daemon.json:3'],
  ]);
  expect(said('mtu', '{"debug": true}')).toEqual([]);
});

test.each([
  ['log-level', ['-l', 'warn'], 'warn'],
  ['log-level', ['--log-level=warn'], 'warn'],
  ['hosts', ['-Hfd://'], ['fd://']],
  ['registry-mirrors', ['--registry-mirror', 'https://a'], ['https://a']],
  ['proxies', ['--http-proxy=http://p'], { 'http-proxy': 'http://p' }],
])('a flag of %s, by its file: %j', (key, flags, value) => {
  expect(said(key, '{}', { startWords: words(...flags) })).toEqual([
    ['flag', value, '/etc/default/docker'],
  ]);
});

test('a variable, by its place', () => {
  const startEnvironment = new Map([['HTTP_PROXY', { value: 'http://p', source: '/x.conf' }]]);
  expect(
    said('proxies', '{}', { version: '28.5.2', witnesses: { ...NO_WITNESSES, startEnvironment } }),
  ).toEqual([['environment', { 'http-proxy': 'http://p' }, '/x.conf']]);
});

test('all three, in the order of the file, the flag and the variable', () => {
  const startEnvironment = new Map([['DOCKER_DRIVER', { value: 'vfs', source: '/x.conf' }]]);
  const witnesses = { ...NO_WITNESSES, startEnvironment };
  const startWords = words('-s', 'zfs');
  expect(
    said('storage-driver', '{"storage-driver":"overlay2"}', { startWords, witnesses }).map(
      ([source]) => source,
    ),
  ).toEqual(['file', 'flag', 'environment']);
});

test('null in the file is said, too', () => {
  const document = openDocument(Buffer.from('{"dns": null}'), '/d.json');
  expect(inFile('dns', { observed: observedDaemon(), document })).toMatchObject([{ value: null }]);
  expect(inFile('constructor', { observed: observedDaemon(), document })).toEqual([]);
});
