import { expect, test } from '@jest/globals';
import { flagEntries } from '../../../../../src/core/dockerd/observed/flag-entries.js';

const UNIT = '/lib/systemd/system/docker.service';
const DEFAULTS = '/etc/default/docker';
const word = (text: string, source = UNIT) => ({ word: text, source });

const startWords = [
  word('/usr/bin/dockerd'),
  word('-H'),
  word('fd://'),
  word('-H=tcp://127.0.0.1:2375', DEFAULTS),
  word('--registry-mirror', DEFAULTS),
  word('https://a', DEFAULTS),
  word('-D'),
];

test.each([
  [
    'hosts',
    [
      ['fd://', UNIT],
      ['tcp://127.0.0.1:2375', DEFAULTS],
    ],
  ],
  ['registry-mirrors', [['https://a', DEFAULTS]]],
  ['debug', [['true', UNIT]]],
  ['mtu', []],
  ['no-such-key', []],
])('%s', (key, entries) => {
  expect(flagEntries({ startWords }, key).map(({ value, from }) => [value, from])).toEqual(entries);
});

test('a dockerd of which nothing is known has none', () => {
  expect(flagEntries({ startWords: [] }, 'hosts')).toEqual([]);
});
