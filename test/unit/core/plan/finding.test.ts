import { expect, test } from '@jest/globals';
import { sortFindings, type Finding } from '../../../../src/core/plan/finding.js';

const finding = (severity: Finding['severity'], path: string, line?: number): Finding => ({
  ...{ code: 'x', severity, subject: 's', message: 'm', hint: 'h', path },
  ...(line !== undefined && { line }),
});

test('errors come first, then files in an order that no locale changes, then lines', () => {
  const wanted = [
    finding('error', '/b', 1),
    finding('warning', '/B', 9),
    finding('warning', '/a', 2),
    finding('warning', '/a', 10),
    finding('warning', '/ä', 1),
    finding('info', '/a'),
  ];
  expect(sortFindings([...wanted].reverse())).toEqual(wanted);
});
