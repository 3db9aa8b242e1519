import { expect, test } from '@jest/globals';
import { columnsOf, padColumns } from '../../../../src/core/text/width.js';
import { wrap, wrapHanging, wrapLines } from '../../../../src/core/text/wrap.js';

test.each([
  ['dockerd', 7],
  ['\u001b[33mdockerd\u001b[39m', 7],
  ['仓库', 4],
  ['e\u0301', 1],
  ['', 0],
])('%j takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test('padding counts columns', () => {
  expect(padColumns('仓库', 6)).toBe('仓库  ');
  expect(padColumns('longer', 3)).toBe('longer');
});

test('colours do not make lines shorter, and words are not cut', () => {
  expect(wrap('\u001b[31maa\u001b[39m bb cc', 5)).toEqual(['\u001b[31maa\u001b[39m bb', 'cc']);
  expect(wrap('a /a/very/long/path b', 6)).toEqual(['a', '/a/very/long/path', 'b']);
  expect(wrap('仓库 仓库 仓库', 9)).toEqual(['仓库 仓库', '仓库']);
});

test('a paragraph hangs below its first line', () => {
  expect(wrapHanging('one two three four five six', 24, 4)).toBe(
    'one two three four\n    five six',
  );
});

test('lines of a text are wrapped each, below their own indentation', () => {
  expect(wrapLines('short\n  aaaaaaaa bbbbbbbb cccccccc', 22)).toBe(
    'short\n  aaaaaaaa bbbbbbbb\n  cccccccc',
  );
});

test('Chinese is wrapped between characters, but not before a sign that closes, and a command is whole', () => {
  expect(wrap('守护进程没有运行，请启动它。', 16)).toEqual(['守护进程没有运', '行，请启动它。']);
  expect(wrap('一二三四五六七八。', 16)).toEqual(['一二三四五六七', '八。']);
  expect(wrap('请运行`dockerctl daemon restart`，然后再看（状态）', 20)).toEqual([
    '请运行',
    '`dockerctl daemon restart`，',
    '然后再看（状态）',
  ]);
  expect(wrap('dockerd 没有 registry 的 CA', 12)).toEqual(['dockerd 没有', 'registry 的', 'CA']);
});
