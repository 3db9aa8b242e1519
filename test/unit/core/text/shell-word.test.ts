import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { moveAside, moveCommand, shellWord } from '../../../../src/core/text/shell-word.js';

/** The words as a shell takes them. */
const words = (command: string) =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

test.each([
  '/etc/docker/daemon.json',
  'a b',
  "it's",
  "'",
  '$(touch x)',
  '`id`',
  '$HOME',
  '*',
  '~',
  '-n',
  'a;b&c|d>e',
  'back\\slash',
  '"x"',
  '!x',
  '#x',
  'é 中文 😀',
  '',
  ' ',
  '{a,b}',
  'a=b',
])('%j is one word to a shell', (text) => {
  expect(words(shellWord(text))).toEqual([text]);
});

test('what needs no quotes has none', () => {
  for (const text of ['/etc/docker/certs.d/a.test:5000', 'a@b', '50%', 'x=1'])
    expect(shellWord(text)).toBe(text);
});

test('a line break or an escape never reaches a terminal', () => {
  expect(shellWord('a\nrm -rf /')).toBe("'a\\x0arm -rf /'");
  expect(shellWord('\u001b[2J')).toBe("'\\x1b[2J'");
});

test('a file is moved aside, and what is there already stays', () => {
  expect(moveCommand('/a b', '/c')).toBe("mv -n '/a b' /c");
  expect(moveAside('/a', "/it's")).toBe(
    String.raw`mv -n /a /a.unused && mv -n '/it'\''s' '/it'\''s.unused'`,
  );
});
