import { expect, test } from '@jest/globals';
import { indexMessages } from '../../../../src/core/locale/message-index.js';

const index = indexMessages({
  words: { error: '错误' },
  patterns: { '{0} errors': '{0} 个错误' },
  sentences: {
    'a comma is missing': '缺少逗号',
    '; nothing was touched': '；没有触动',
    ' (not here)': '（不在这里）',
    '(by default)': '（默认）',
    'the file {0} is missing': '缺少文件 {0}',
    'the file {0} of {1} is missing': '缺少 {1} 的文件 {0}',
    '{0}: {1}': '{0}：{1}',
  },
});
const found = (text: string) => index.candidates(text).map(({ literals }) => literals.join('_'));

test('what has no values is found by its text, with the sign around it and without', () => {
  expect(index.exact.get('a comma is missing')).toBe('缺少逗号');
  expect(index.exact.get('; nothing was touched')).toBe('；没有触动');
  expect(index.exact.get('nothing was touched')).toBe('没有触动');
  expect(index.exact.get('by default')).toBe('默认');
  expect(index.words).toEqual({ error: '错误' });
});

test('what could fit is found by its words, the longest first', () => {
  expect(found('The file x of y is missing')).toEqual([
    'the file _ of _ is missing',
    'the file _ is missing',
  ]);
  expect(found('nobody said this')).toEqual([]);
});

test('what has no word of its own fits anything, and is looked for nowhere', () => {
  expect(found('a: b')).toEqual([]);
});

test('a pattern that begins with a value counts', () => {
  expect(index.candidates('2 errors')).toMatchObject([{ counts: true }]);
});
