import { expect, test } from '@jest/globals';
import {
  isDuration,
  isGoBoolean,
} from '../../../../../../src/core/dockerd/options/values/scalar.js';

/** Go's strconv/atob_test.go. */
test.each([
  ...['1', 't', 'T', 'true', 'TRUE', 'True', '0', 'f', 'F', 'false', 'FALSE', 'False'].map(
    (text): [string, boolean] => [text, true],
  ),
  ...['', 'asdf', 'tRue', 'fAlse', 'yes', 'on', '01', '2', ' true', 'true\n'].map(
    (text): [string, boolean] => [text, false],
  ),
])('%j is a boolean to Go: %s', (text, expected) => {
  expect(isGoBoolean(text)).toBe(expected);
});

/** Go's time/time_test.go, parseDurationTests and parseDurationErrorTests. */
test.each([
  ...['0', '5s', '30s', '1478s', '-5s', '+5s', '-0', '+0', '5.0s', '5.6s', '5.s', '.5s', '1.0s'],
  ...['10ns', '11us', '12µs', '12μs', '13ms', '14s', '15m', '16h', '3h30m', '10.5s4m', '-2m3.4s'],
  ...['1h2m3s4ms5us6ns', '52763797000ns', '0.3333333333333333333h', '0.100000000000000000000h'],
])('%s is a time to Go', (text) => {
  expect(isDuration(text)).toBe(true);
});

test.each([
  ...['', '3', '-', 's', '.', '-.', '.s', '+.s', '1d', '1 s', '1.5', '1h ', ' 1h', '1H', '1sec'],
  ...['\x85\x85', '\xffff', 'hello world', '1h-5m', '1h\n', '１s'],
])('%j is none', (text) => {
  expect(isDuration(text)).toBe(false);
});
