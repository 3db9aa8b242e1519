import { expect, test } from '@jest/globals';
import {
  refusalIn,
  refusalOf,
  refuse,
  tried,
} from '../../../../../../src/core/pki/go/rules/refusal.js';

const EXPIRED = { code: 'expired', detail: 'it expired' } as const;
const expired = () => refuse(['expired', 'it expired']);

test('a refusal is caught as what it says', () => {
  expect(refusalIn(expired)).toEqual(EXPIRED);
  expect(tried(expired)).toEqual({ value: null, refusal: EXPIRED });
});

test('what is not refused has its value', () => {
  expect(refusalIn(() => undefined)).toBeNull();
  expect(tried(() => 7)).toEqual({ value: 7, refusal: null });
});

test.each([new TypeError('a fault of ours'), 'text', null])('other errors pass: %s', (error) => {
  const fails = () => {
    throw error;
  };
  expect(() => refusalIn(fails)).toThrow(error === null ? undefined : (error as Error));
  expect(() => tried(fails)).toThrow();
  expect(() => refusalOf(error)).toThrow();
});
