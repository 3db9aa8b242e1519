import { describe, expect, test } from '@jest/globals';
import { indexMessages } from '../../../../src/core/locale/message-index.js';
import {
  DEEPEST,
  labelSaid,
  translated,
  valueSaid,
  type Work,
} from '../../../../src/core/locale/sentence.js';

const index = indexMessages({
  words: { error: '错误' },
  patterns: {},
  sentences: {
    'the daemon does not answer': '守护进程不应答',
    'a comma is missing': '缺少逗号',
    'dockerd refuses {0} because of {1}': '由于{1}，dockerd 拒绝 {0}',
    'nested {0} here': '嵌套{0}在此',
  },
});
const workOf = (left = 1000): Work => ({
  ...{ index, left },
  ...{ known: new Map(), values: new Map(), loose: new Map() },
});
const said = (text: string, depth = 0, work = workOf()) => translated(text, work, depth);

describe('a sentence', () => {
  test.each([
    ['the daemon does not answer', '守护进程不应答'],
    ['The daemon does not answer.', '守护进程不应答。'],
    ['the daemon does not answer:', '守护进程不应答：'],
    ['  \u001b[31mthe daemon does not answer\u001b[39m ', '  \u001b[31m守护进程不应答\u001b[39m '],
    ['dockerd refuses x because of /y', '由于 /y，dockerd 拒绝 x'],
    ['dockerd refuses x because of a comma is missing', '由于缺少逗号，dockerd 拒绝 x'],
  ])('%j is %j', (text, chinese) => {
    expect(said(text)).toBe(chinese);
  });

  test.each(['nobody has said this', 'dockerd refuses what nobody has said because of y', ''])(
    '%j is none, whole or not at all',
    (text) => {
      expect(said(text)).toBeNull();
    },
  );

  test('within others goes no deeper than there are levels', () => {
    const deep = (levels: number) => `${'nested '.repeat(levels)}x${' here'.repeat(levels)}`;
    expect(said(deep(3))).toBe('嵌套嵌套嵌套 x 在此在此在此');
    expect(said('nested x here', DEEPEST)).not.toBeNull();
    expect(said('nested x here', DEEPEST + 1)).toBeNull();
  });

  test('is given up where the line has cost too much', () => {
    expect(said('dockerd refuses x because of /y', 0, workOf(0))).toBeNull();
  });
});

test('a word alone is a label, with its colon and its colours', () => {
  expect(labelSaid('error:', { index })).toBe('错误：');
  expect(labelSaid('\u001b[31merror\u001b[39m', { index })).toBe('\u001b[31m错误\u001b[39m');
  expect([labelSaid('errors', { index }), labelSaid('constructor', { index })]).toEqual([
    null,
    null,
  ]);
});

test('a value is of entries, or no prose', () => {
  const value = (text: string) => valueSaid(text, workOf(), 0);
  expect(value('/etc/docker')).toBe('/etc/docker');
  expect(value('a comma is missing; the daemon does not answer')).toBe('缺少逗号；守护进程不应答');
  expect(value('docker and podman')).toBe('docker 和 podman');
  expect(value('what nobody has said')).toBeNull();
  expect(value('`what nobody has said`')).toBe('`what nobody has said`');
});
