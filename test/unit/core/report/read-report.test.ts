import { expect, test } from '@jest/globals';
import { readReport } from '../../../../src/core/report/read-report.js';
import { fullReport } from '../../../support/report.js';

const read = (value: unknown) => readReport(JSON.stringify(value), 'r.json');

test('the whole answer, what is in it, and the report alone', () => {
  const report = fullReport();
  for (const given of [{ ok: true, data: { report } }, { report }, report])
    expect(read(given)).toEqual(report);
});

test('what it does not know is left out', () => {
  expect(read({ ...fullReport(), later: 1 })).toEqual(fullReport());
});

test.each<[string, unknown, RegExp]>([
  ['another kind', { ...fullReport(), kind: 'x' }, /^r\.json is no report of dockerctl: kind: /],
  ['a later format', { ...fullReport(), format: 2 }, /: format: /],
  ['a finding without a code', { ...fullReport(), findings: [{}] }, /: findings\.0\.code: /],
  ['an error', { ok: false, error: { code: 'x' } }, /is no report/],
  ['a list', [], /is no report/],
  ['null', null, /is no report/],
])('%s is none', (_, value, message) => {
  expect(() => read(value)).toThrow(
    expect.objectContaining({ code: 'invalid-value', message: expect.stringMatching(message) }),
  );
});

test('what is no JSON is none', () => {
  expect(() => readReport('{', 'r.json')).toThrow(
    'r.json is no report of dockerctl: it is not JSON.',
  );
});
