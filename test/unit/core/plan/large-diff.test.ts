import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { largeDiff } from '../../../../src/core/plan/large-diff.js';

const lines = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, at) => `line ${at + from}`);

/** What `git apply` makes of the old text: whoever has cloned this has git. */
function patched(old: string, diff: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-diff-'));
  try {
    writeFileSync(join(folder, 'file'), old);
    execFileSync('git', ['apply'], { cwd: folder, input: `--- a/file\n+++ b/file\n${diff}` });
    return readFileSync(join(folder, 'file'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ['a line that changes', lines(50), [...lines(20), 'new', ...lines(29, 21)]],
  ['a line more at the end', lines(9), lines(10)],
  ['lines that go', lines(50), [...lines(10), ...lines(30, 20)]],
  ['all of them', ['one'], ['other']],
  ['the first line', lines(5), ['new', ...lines(4, 1)]],
])('%s: git applies it', (_, before, after) => {
  const [old, wanted] = [`${before.join('\n')}\n`, `${after.join('\n')}\n`];
  expect(patched(old, largeDiff([old, wanted]))).toBe(wanted);
});

test('a text without an end of line at its end', () => {
  expect(patched('{}', largeDiff(['{}', '{ "a": 1 }']))).toBe('{ "a": 1 }');
});

test('of many lines it shows the first, and says how many more there are; of a long one its beginning', () => {
  const diff = largeDiff(['x\n', `${lines(2_000).join('\n')}\n${'y'.repeat(5_000)}\n`]);
  expect(diff.length).toBeLessThan(20_000);
  expect(diff).toContain('+… and 1501 more lines');
  expect(largeDiff(['', 'y'.repeat(5_000)])).toContain('… and 3000 more characters');
});
