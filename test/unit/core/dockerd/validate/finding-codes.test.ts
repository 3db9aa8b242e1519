import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EFFECT_CODES } from '../../../../../src/core/dockerd/validate/effect-codes.js';
import { CONFIG_FINDING_CODES } from '../../../../../src/core/dockerd/validate/finding-codes.js';

const documented = new Map(
  [...readFileSync('docs/findings.md', 'utf8').matchAll(/^\| `([a-z0-9-]+)` +\| (.*)$/gm)].map(
    ([, code = '', rest = '']) => [code, rest.split('|').map((cell) => cell.trim())],
  ),
);
const rows = Object.entries(CONFIG_FINDING_CODES);

test('docs/findings.md says of every code of daemon.json what the table says', () => {
  for (const [code, { severity, meaning, advice }] of rows) {
    expect([code, documented.get(code)?.slice(0, 3)]).toEqual([code, [severity, meaning, advice]]);
  }
});

test('meaning and advice are sentences', () => {
  for (const [, { meaning, advice }] of rows) {
    expect(meaning).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  }
});

test('what has no effect stops nothing: its codes are no errors', () => {
  const severities = Object.values(EFFECT_CODES).map(({ severity }): string => severity);
  expect(severities).not.toContain('error');
});
