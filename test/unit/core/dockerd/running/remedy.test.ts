import { expect, test } from '@jest/globals';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import { lookAt } from '../../../../../src/core/dockerd/running/looked.js';
import { remedyFor } from '../../../../../src/core/dockerd/running/remedy.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const remedy = (
  key: string,
  values: readonly [Json | undefined, Json | undefined],
  { file = {}, flags = [] as string[], version = '28.5.2' } = {},
) =>
  remedyFor(
    keyNamed(key)!,
    values,
    lookAt(
      observedDaemon({ version, argv: ['/usr/sbin/dockerd', ...flags] }),
      openDocument(Buffer.from(JSON.stringify(file)), '/d.json'),
    ),
  );

/** Measured on 20.10, 26.1 and 28.5: in force by what. */
test.each<[string, Json | undefined, Json | undefined, string | null]>([
  ['debug', false, true, 'reload'],
  ['registry-mirrors', [], ['https://a'], 'reload'],
  ['registry-mirrors', ['https://a'], undefined, 'restart'],
  ['log-driver', 'json-file', 'local', 'restart'],
  ['data-root', '/var/lib/docker', '/srv', 'restart'],
  ['mtu', 1500, 1400, 'restart without containers'],
  ['icc', true, false, 'restart without containers'],
  ['network-diagnostic-port', undefined, 9000, 'reload'],
  ['mtu', 1500, undefined, null],
  ['debug', true, true, null],
  ['allow-nondistributable-artifacts', [], ['a'], null],
])('%s from %j to %j: %s', (key, current, next, expected) => {
  expect(remedy(key, [current, next])).toBe(expected);
});

test('a reload does not read flags', () => {
  expect(remedy('debug', [false, true], { flags: ['--debug'] })).toBe('restart');
});

test('what the file and a flag both say keeps dockerd from starting', () => {
  const both = { file: { mtu: 1400 }, flags: ['--mtu=1400'] };
  expect(remedy('mtu', [1400, 1400], both)).toBe('one place');
  const mergeable = { file: { proxies: { 'http-proxy': 'a' } }, flags: ['--http-proxy=b'] };
  expect(remedy('proxies', [{ 'http-proxy': 'a' }, { 'http-proxy': 'a' }], mergeable)).toBeNull();
});
