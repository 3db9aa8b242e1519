import { expect, test } from '@jest/globals';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import { endsDockerd } from '../../../../../src/core/trust/diagnosis/ends-dockerd.js';

const finding = (code: string): Finding => ({
  ...{ code, severity: 'warning', subject: 'r.corp' },
  ...{ message: 'm', hint: 'h' },
});

test.each([
  [['registry-ends-dockerd'], true],
  [['registry-expired', 'token-ends-dockerd'], true],
  [['registry-expired'], false],
  [[], false],
])('%j: %s', (codes, ends) => {
  expect(endsDockerd(codes.map(finding))).toBe(ends);
});
