import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createSay } from '../../../../src/core/locale/translate.js';

const say = createSay({
  words: { error: '错误', running: '正在运行', Unchanged: '未改动' },
  patterns: {
    '{0} errors': '{0} 个错误',
    'Issued {0} for {1}': '已为 {1} 签发 {0}',
    'Changed {0}': '已修改 {0}',
    'Try: {0}': '请尝试：{0}',
  },
  sentences: {
    'The file {0} is not JSON: {1}.': '文件 {0} 不是 JSON：{1}。',
    'a comma is missing': '缺少逗号',
    'until {0}': '到 {0} 为止',
    '{0} {1} until {2}': '{0} {1}，到 {2} 为止',
    '{0}: {1}; dockerd was not touched.': '{0}：{1}；没有触动 dockerd。',
    '{0} {thing is|things are} adrift: dockerctl drift': '有 {0} 项偏离：dockerctl drift',
    'dockerd refuses {0} because of {1}': '由于 {1}，dockerd 拒绝 {0}',
    'the daemon does not answer': '守护进程不应答',
    'dockerd would not start': 'dockerd 无法启动',
    'look at it with `ls -l {0}`': '用 `ls -l {0}` 查看它',
  },
});

test.each([
  // Values stay, and entries in values are translated.
  [
    'The file /a b/c.json is not JSON: a comma is missing.',
    '文件 /a b/c.json 不是 JSON：缺少逗号。',
  ],
  ['1 thing is adrift: dockerctl drift', '有 1 项偏离：dockerctl drift'],
  ['17 things are adrift: dockerctl drift', '有 17 项偏离：dockerctl drift'],
  ['dockerd refuses x because of y', '由于 y，dockerd 拒绝 x'],
  // A colon in a value is no end of it.
  ['The file /a: b is not JSON: a comma is missing.', '文件 /a: b 不是 JSON：缺少逗号。'],
  // Capital or not, with a full stop or without, behind colours.
  ['The daemon does not answer.', '守护进程不应答。'],
  ['  \u001b[33mthe daemon does not answer\u001b[39m', '  \u001b[33m守护进程不应答\u001b[39m'],
  [
    '\u001b[32mUnchanged\u001b[39m: set x; dockerd was not touched.',
    '\u001b[32m未改动\u001b[39m：set x；没有触动 dockerd。',
  ],
  // Colours within a sentence, as a terminal gets it.
  ['\u001b[32mIssued\u001b[39m \u001b[1ma\u001b[22m for dns:a.test', '已为 dns:a.test 签发 a'],
  ['\u001b[33mdockerd refuses\u001b[39m x because of y', '由于 y，dockerd 拒绝 x'],
  [
    '\u001b[32mIssued\u001b[39m x for \u001b[1mdns:y\u001b[22m',
    '已为 \u001b[1mdns:y\u001b[22m 签发 x',
  ],
  // Columns are no values of a sentence.
  [
    'a.test:5000  docker, podman  until 2026-12-31',
    'a.test:5000  docker, podman  到 2026-12-31 为止',
  ],
  // What the source puts together.
  [
    '/a.json:3:5: \u001b[31merror\u001b[39m: a comma is missing \u001b[2m[syntax]\u001b[22m',
    '/a.json:3:5: \u001b[31m错误\u001b[39m：缺少逗号 \u001b[2m[syntax]\u001b[22m',
  ],
  [
    '/a.json: dockerd would not start (dockerd 28.5): 2 errors',
    '/a.json：dockerd 无法启动 (dockerd 28.5)：2 个错误',
  ],
  ['The daemon does not answer. Dockerd would not start.', '守护进程不应答。dockerd 无法启动。'],
  ['Try: look at it with `ls -l /x`', '请尝试：用 `ls -l /x` 查看它'],
  ['Try: dockerctl daemon logs', '请尝试：dockerctl daemon logs'],
  ['one\nthe daemon does not answer\n', 'one\n守护进程不应答\n'],
])('%j is %j', (english, chinese) => {
  expect(say(english)).toBe(chinese);
});

test.each([
  'nobody has ever said this',
  // English in a value that is no quotation: the sentence is not broken in two.
  'dockerd refuses what nobody has said because of y',
  // Of clauses all is translated or nothing.
  'as it was before, and the daemon does not answer',
  // A name is no word of ours, nor a number what has none.
  'running-things',
  'many errors',
  // Lines of a diff are those of a file.
  '+the daemon does not answer',
  '-the daemon does not answer',
  '@@ -1 +1 @@ the daemon does not answer',
  '',
])('%j stays as it is', (text) => {
  expect(say(text)).toBe(text);
});

test('what others said stands behind a colon in their language', () => {
  expect(say('The file /x is not JSON: nobody has ever said this.')).toBe(
    '文件 /x 不是 JSON：nobody has ever said this。',
  );
});

test('any text ends in time and keeps its lines', () => {
  const parts = fc.constantFrom(
    'the daemon',
    ' does not answer',
    ': ',
    '; ',
    ', ',
    ' (',
    ')',
    '`',
    '"',
    ' and ',
    'The file ',
    ' is not JSON: ',
    '. ',
    '\n',
    '\u001b[31m',
    'x',
    '守护',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 60 }), (words) => {
      const text = words.join('');
      expect(say(text).split('\n')).toHaveLength(text.split('\n').length);
    }),
  );
});
