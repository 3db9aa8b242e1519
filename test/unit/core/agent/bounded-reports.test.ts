import { expect, test } from '@jest/globals';
import { boundedReports } from '../../../../src/core/agent/bounded-reports.js';
import type { AgentReport, ReportName } from '../../../../src/core/agent/report.js';

const reports = (name: ReportName, count: number): AgentReport[] =>
  Array.from({ length: count }, (_, at) => ({ name, drift: null, reason: String(at) }));

test('few are told one by one, in their order', () => {
  const few = [...reports('drift-detected', 21), ...reports('drift-resolved', 20)];
  expect(boundedReports(few)).toEqual(few);
});

test('of many of a kind the first twenty, and how many more there are', () => {
  const told = boundedReports([
    ...reports('drift-detected', 1000),
    ...reports('fight-suspected', 2),
  ]);
  expect(told.slice(0, 20)).toEqual(reports('drift-detected', 20));
  expect(told.slice(20)).toEqual([
    {
      name: 'drift-detected',
      drift: null,
      reason: 'and 980 more things, which `dockerctl drift` lists',
    },
    ...reports('fight-suspected', 2),
  ]);
});
