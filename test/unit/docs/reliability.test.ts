import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** Each `test file` that docs/reliability.md names, with the “names of tests” behind it. */
const page = readFileSync('docs/reliability.md', 'utf8');
const named = [...page.matchAll(/`([a-z0-9/.-]+)`((?: “[^”]+”)+)/g)].map(
  ([, file = '', names = '']) =>
    [file, [...names.matchAll(/“([^”]+)”/g)].map(([, name = '']) => name)] as const,
);

test.each(named)('docs/reliability.md names tests that are there: %s %j', (file, names) => {
  const path = file === 'bench' ? null : `test/${file}.test.ts`;
  if (path !== null) expect(existsSync(path)).toBe(true);
  const sources = path === null ? BENCH : [path];
  const text = sources.map((source) => readFileSync(source, 'utf8')).join('\n');
  for (const name of names) expect(text).toContain(path === null ? `  ${name}: {` : name);
});

const BENCH = ['bench/reliability/sweeps.mjs', 'bench/reliability/tests.mjs'];

test('docs/reliability.md has a test for every line of its tables of tests', () => {
  const tables = page.slice(page.indexOf('## The failure matrix'), page.indexOf('## What is not'));
  const lines = tables.split('\n').filter((line) => /^\| [^-]/.test(line));
  const heads = lines.filter((line) => line.endsWith('| test |'));
  expect(heads).toHaveLength(2);
  expect(lines.filter((line) => !line.includes('“') && !heads.includes(line))).toEqual([]);
});
