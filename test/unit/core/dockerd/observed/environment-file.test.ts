import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseEnvironmentFile } from '../../../../../src/core/dockerd/observed/environment-file.js';

const read = (text: string) => Object.fromEntries(parseEnvironmentFile(text));

/** As a shell's `.` reads it. */
const sourced = (text: string, name: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'environment-'));
  try {
    writeFileSync(join(folder, 'file'), text);
    const script = `. ./file; printf %s "$${name}"`;
    return execFileSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8', env: {} });
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test.each([
  ['A=b', 'b'],
  ['A="b c"', 'b c'],
  ['A=\'b "c"\'', 'b "c"'],
  ['A="say \\"hi\\""', 'say "hi"'],
  ['A="\\\\ \\` \\$x"', '\\ ` $x'],
  ["A='\\\\'", '\\\\'],
  ['export A=b', 'b'],
  ['A="b" # why', 'b'],
  ['A=', ''],
  ['A=""', ''],
  ['A=1\nA=2', '2'],
  ['#A=1\nA=2', '2'],
  ['A="--dns 1.1.1.1 \\\n--mtu 1400"', '--dns 1.1.1.1 --mtu 1400'],
  ['A=b=c', 'b=c'],
  ['A="#b"', '#b'],
  ["A='中文'", '中文'],
])('%j is what a shell reads', (text, value) => {
  expect(read(`${text}\n`)).toEqual({ A: value });
  expect(sourced(`${text}\n`, 'A')).toBe(value);
});

test('what is no setting says nothing', () => {
  expect(read('; A=1\n\nnot a variable\n1A=2\nA-B=3\n =4\n')).toEqual({});
});

test('lines of Windows and blanks around a value', () => {
  expect(read(' A=1 \r\nB="2"\r\nC=3 \\\r\n4\r\n')).toEqual({ A: '1', B: '2', C: '3 4' });
});

test('a name that every object has', () => {
  expect(parseEnvironmentFile('__proto__=1\nconstructor=2').get('__proto__')).toBe('1');
});
