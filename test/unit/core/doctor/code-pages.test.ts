import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  entriesFor,
  readCodePage,
  type CodeEntry,
} from '../../../../src/core/doctor/code-pages.js';
import { DOCTOR_CODES } from '../../../../src/core/doctor/codes.js';
import { CONFIG_FINDING_CODES } from '../../../../src/core/dockerd/validate/finding-codes.js';
import { EXIT_STATUS } from '../../../../src/errors.js';

const entryFor = (entries: readonly CodeEntry[], code: string) => entriesFor(entries, code)[0];

const findings = readCodePage(readFileSync('docs/findings.md', 'utf8'), 'finding');
const errors = readCodePage(readFileSync('docs/errors.md', 'utf8'), 'error');

test('every row of the pages is read, with all that it says', () => {
  for (const [code, { severity, meaning, advice }] of Object.entries({
    ...CONFIG_FINDING_CODES,
    ...DOCTOR_CODES,
  }))
    expect(entryFor(findings, code)).toMatchObject({ code, severity, meaning, advice });
  for (const [code, exitStatus] of Object.entries(EXIT_STATUS))
    expect(entryFor(errors, code)).toMatchObject({ kind: 'error', exitStatus });
  expect(findings.every(({ meaning, advice }) => meaning !== '' && advice !== '')).toBe(true);
});

test('what doctor fixes is said', () => {
  expect(entryFor(findings, 'api-without-tls')?.fix).toBe('named');
  expect(entryFor(findings, 'certs-folder-name')?.fix).toBe('safe');
  expect(entryFor(findings, 'clock-behind')?.fix).toBeNull();
});

test('a certificate in a file has the faults of one that a registry shows', () => {
  expect(entryFor(findings, 'certificate-rsa-too-large')).toMatchObject({
    code: 'certificate-rsa-too-large',
    meaning: 'A certificate that it sends has too large a key.',
  });
  expect(entryFor(findings, 'certificate-nosuch')).toBeUndefined();
});

test('what a registry can be, a token server and one that is redirected to can be, too', () => {
  for (const prefix of ['token', 'redirect'])
    expect(entryFor(findings, `${prefix}-registry-expired`)).toMatchObject({
      code: `${prefix}-registry-expired`,
      meaning: entryFor(findings, 'registry-expired')?.meaning,
    });
  expect(entryFor(findings, 'token-over-http')?.severity).toBe('warning');
  expect(entryFor(findings, 'token-registry-nosuch')).toBeUndefined();
});

test('a bar behind a backslash is text', () => {
  const page =
    '## T\n\n| Code | Meaning | What to do |\n| --- | --- | --- |\n| `a` | x \\| y | z |\n';
  expect(readCodePage(page, 'finding')).toEqual([
    {
      ...{ code: 'a', kind: 'finding', section: 'T', severity: null, fix: null },
      ...{ exitStatus: null, meaning: 'x | y', advice: 'z' },
    },
  ]);
});

test('of a code that a finding and an error have, both are said', () => {
  expect(entriesFor([...findings, ...errors], 'unknown-key').map(({ kind }) => kind)).toEqual([
    'finding',
    'error',
  ]);
});
