import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { EXIT_STATUS } from '../../../src/errors.js';

test('docs/errors.md lists every error code with its exit status', () => {
  const rows = readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `([a-z-]+)` +\| (\d+) +\|/gm);
  expect([...rows].map(([, code, status]) => [code, Number(status)])).toEqual(
    Object.entries(EXIT_STATUS),
  );
});
