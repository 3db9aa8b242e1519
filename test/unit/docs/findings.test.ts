import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ENCODING_FAULTS } from '../../../src/core/formats/json/mistakes/problem.js';
import {
  STATE_ROWS,
  STRING_ROWS,
  TEXT_ROWS,
} from '../../../src/core/formats/json/mistakes/problem-table.js';

const documented = [
  ...readFileSync('docs/findings.md', 'utf8').matchAll(/^\| `([a-z0-9-]+)` +\| (.*)$/gm),
].map(([, code = '', rest = '']) => [code, rest.split('|').map((cell) => cell.trim())] as const);

test('docs/findings.md lists every code of a text that is no JSON', () => {
  const rows = [
    ...Object.values(TEXT_ROWS).flat(),
    ...Object.values(STATE_ROWS).flat(),
    ...Object.values(STRING_ROWS),
  ];
  const codes = [
    ...rows.map(({ code }) => code),
    ...Object.keys(ENCODING_FAULTS),
    'wrong-root',
    'empty-file',
    'byte-order-mark',
  ];
  const listed = documented.map(([code]) => code);
  expect([...new Set(codes)].filter((code) => !listed.includes(code))).toEqual([]);
});

test('docs/findings.md lists no code twice', () => {
  const codes = documented.map(([code]) => code);
  expect(codes).toEqual([...new Set(codes)]);
});
