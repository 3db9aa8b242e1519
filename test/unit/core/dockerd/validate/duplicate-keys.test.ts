import { expect, test } from '@jest/globals';
import { readConfig } from '../../../../../src/core/dockerd/config/read.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { duplicateKeys } from '../../../../../src/core/dockerd/validate/duplicate-keys.js';

const pathsIn = (text: string, most = 100): string[] =>
  duplicateKeys(readConfig(Buffer.from(text), parseVersion('28.5')!).members, most).map(
    ({ path }) => path.join('.'),
  );

test.each([
  ['{"debug": true, "debug": false}', ['debug']],
  ['{"a": 1, "a": 2, "a": 3}', ['a', 'a']],
  ['{"log-opts": {"max-size": "1m", "max-size": "2m"}}', ['log-opts.max-size']],
  ['{"runtimes": {"x": {"path": "a", "path": "b"}, "x": {}}}', ['runtimes.x.path', 'runtimes.x']],
  ['{"a": {"same": 1}, "b": {"same": 1}}', []],
  ['{"debug": true, "Debug": true}', []],
])('%s', (text, expected) => {
  expect(pathsIn(text)).toEqual(expected);
});

test('tells no more than it is asked for', () => {
  expect(pathsIn(`{${'"a": 1, '.repeat(5)}"a": 1}`, 2)).toHaveLength(2);
});
