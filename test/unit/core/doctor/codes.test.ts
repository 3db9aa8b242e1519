import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { DoctorCode } from '../../../../src/core/doctor/code-row.js';
import { DOCTOR_CODES, fixCommand, found } from '../../../../src/core/doctor/codes.js';
import { ENGINE_CODES } from '../../../../src/core/doctor/engine/codes-engine.js';
import { MACHINE_CODES } from '../../../../src/core/doctor/machine/codes-machine.js';
import { TRUST_CODES } from '../../../../src/core/doctor/trust/codes-trust.js';
import { CONFIG_FINDING_CODES } from '../../../../src/core/dockerd/validate/finding-codes.js';

const page = readFileSync('docs/findings.md', 'utf8');
const rows: readonly (readonly [string, DoctorCode])[] = Object.entries(DOCTOR_CODES);

test.each(rows)('docs/findings.md says of %s what the table says', (code, row) => {
  const { severity, meaning, advice, fix = '' } = row;
  const cells = [`\`${code}\``, severity, meaning, advice, fix];
  expect(page).toContain(`| ${cells.join(' | ')} |`);
});

test('every code has a meaning and advice', () => {
  for (const [, { meaning, advice }] of rows) {
    expect(meaning).toMatch(/\.$/);
    expect(advice).toMatch(/\.$/);
  }
});

test('no code stands in two tables', () => {
  const codes = [ENGINE_CODES, MACHINE_CODES, TRUST_CODES, CONFIG_FINDING_CODES].flatMap((table) =>
    Object.keys(table),
  );
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  expect(codes.every((code) => /^[a-z][a-z0-9-]+$/.test(code))).toBe(true);
});

test('a finding has the severity of its row, and its fix is asked for by its code', () => {
  const parts = { subject: 'clock', message: 'm', hint: 'h' };
  expect(found('clock-behind', parts)).toEqual({
    ...{ code: 'clock-behind', severity: MACHINE_CODES['clock-behind'].severity },
    ...parts,
  });
  expect(fixCommand('bundle-edited')).toBe('dockerctl doctor --fix bundle-edited');
});
