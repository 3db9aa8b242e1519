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

test('other errors pass', () => {
  const fault = new TypeError('a fault of ours');
  const fails = () => {
    throw fault;
  };
  expect(() => refusalIn(fails)).toThrow(fault);
  expect(() => tried(fails)).toThrow(fault);
  for (const error of [fault, 'text', null]) expect(() => refusalOf(error)).toThrow();
});
