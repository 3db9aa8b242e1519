import { expect, test } from '@jest/globals';
import { parseBatch } from '../../../../../src/core/pki/authority/batch.js';

test.each(['\r', '\u2028'])('a comment ends with its line, not at %j', (separator) => {
  const [only, ...more] = parseBatch(`a.example # b.example${separator}c.example\n`, 'batch');
  expect(more).toEqual([]);
  expect(only?.names).toEqual([{ kind: 'dns', value: 'a.example' }]);
});

test('a comment of a hundred thousand characters is read', () => {
  expect(parseBatch(`a.example\n${'#'.repeat(100_000)}\u2028`, 'batch')).toHaveLength(1);
});
