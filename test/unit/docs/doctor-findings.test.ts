import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { DOCTOR_CODES } from '../../../src/core/doctor/codes.js';
import type { DoctorCode } from '../../../src/core/doctor/code-row.js';

const page = readFileSync('docs/findings.md', 'utf8');
const rows: readonly (readonly [string, DoctorCode])[] = Object.entries(DOCTOR_CODES);

test.each(rows)('docs/findings.md says of %s what the table says', (code, row) => {
  const { severity, meaning, advice, fix = '' } = row;
  const cells = [`\`${code}\``, severity, meaning, advice, fix];
  expect(page).toContain(`| ${cells.join(' | ')} |`);
});

test('docs/findings.md lists every code of certs check, inspect and verify', () => {
  const sources = ['faults', 'authority-faults', 'judgement'].map(
    (one) => `core/pki/authority/${one}`,
  );
  const written = [...sources, 'system/authority/authority-check'].flatMap((source) =>
    [
      ...readFileSync(`src/${source}.ts`, 'utf8').matchAll(
        /(?:code: |problem\(\s*)'([a-z0-9-]+)'/g,
      ),
    ].map(([, code = '']) => code),
  );
  expect(written.length).toBeGreaterThan(15);
  expect(written.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([]);
});
