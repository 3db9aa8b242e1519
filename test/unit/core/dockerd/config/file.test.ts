import { expect, test } from '@jest/globals';
import { bytesIn, readDaemonFile, sameBytes } from '../../../../../src/core/dockerd/config/file.js';
import { get } from '../../../../../src/core/formats/json/json-edit.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image } from '../../../../support/plans.js';

const read = (text: string | null) =>
  readDaemonFile(observedDaemon({ configFile: text === null ? null : image(text) }));

test.each([
  [null, {}],
  ['', {}],
  ['{"a": 1}', { a: 1 }],
  ['\ufeff{"a": 1}', { a: 1 }],
])('%j is read', (text, value) => {
  const { document, notStrict } = read(text);
  expect(get(document, [])).toEqual(value);
  expect(notStrict).toBeNull();
});

test('one with comments is read, and where dockerd stops is told', () => {
  const { document, notStrict } = read('{\n  // why\n  "a": 1,\n}');
  expect(get(document, [])).toEqual({ a: 1 });
  expect(notStrict).toMatch(/daemon\.json:2:3: a comment/);
});

test.each([
  ['{"a": 1, "a": 2}', 'duplicate-key'],
  ['{"a": 1 "b": 2}', 'invalid-json'],
  ['[]', 'invalid-json'],
  ['{"a": 1, // x\n "a": 2}', 'duplicate-key'],
])('%j is refused', (text, code) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code }));
});

const binary = { ...image(''), content: { base64: '/w==' } };
const secret = { ...image(''), content: { secret: 'a'.repeat(64), size: 1 } };

test('the bytes of a file', () => {
  expect(bytesIn(null)).toBeNull();
  expect(bytesIn(secret)).toBeNull();
  expect(bytesIn(image(''))).toHaveLength(0);
  expect([...(bytesIn(binary) ?? [])]).toEqual([0xff]);
});

test('two files hold the same, whoever owns them', () => {
  expect(sameBytes(image('a', 0o600), image('a', 0o644))).toBe(true);
  expect(sameBytes(image('a'), image('b'))).toBe(false);
  expect(sameBytes(null, null)).toBe(true);
  expect(sameBytes(null, image(''))).toBe(false);
});
