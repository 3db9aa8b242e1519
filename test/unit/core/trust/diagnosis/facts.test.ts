import { expect, test } from '@jest/globals';
import { isFailure } from '../../../../../src/core/trust/diagnosis/facts.js';

test('a step failed where it has a code and words', () => {
  expect(isFailure({ code: 'ECONNREFUSED', message: 'connect' })).toBe(true);
  expect(isFailure(['10.0.0.1'])).toBe(false);
  expect(isFailure({ status: 200, headers: {}, body: '' })).toBe(false);
  expect(isFailure({ chain: [], protocol: 'TLSv1.3', address: '10.0.0.1' })).toBe(false);
});
