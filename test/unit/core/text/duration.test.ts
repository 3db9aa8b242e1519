import { describe, expect, test } from '@jest/globals';
import { formatDuration, parseDuration } from '../../../../src/core/text/duration.js';

describe('parseDuration', () => {
  test.each([
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['30d', 2_592_000_000],
    ['250ms', 250],
  ])('%s is %i ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test('a bare number is in seconds where the option counts in them', () => {
    expect(parseDuration('90', 's')).toBe(90_000);
  });

  test.each(['5', '0', '1.5'])('%s alone is refused, with what may have been meant', (text) => {
    expect(() => parseDuration(text)).toThrow(
      expect.objectContaining({
        code: 'invalid-value',
        message: `${text} has no unit: are these minutes or seconds?`,
        hint: expect.stringContaining(`${text}m for minutes, ${text}s for seconds`),
      }),
    );
  });

  test.each(['', '0s', '-5m', '5 m', '5x', 'm5', '5m!', '1e9', '99999999d', 'NaN'])(
    '%j is refused with what to write',
    (text) => {
      expect(() => parseDuration(text)).toThrow(
        expect.objectContaining({ code: 'invalid-value', hint: expect.stringContaining('5m') }),
      );
    },
  );
});

test('a very long text is refused', () => {
  expect(() => parseDuration('0'.repeat(100_000))).toThrow(/"0{200}…" is not a duration/);
});

describe('formatDuration', () => {
  test.each([
    [45_000, '45s'],
    [5_400_000, '1h30m'],
    [90_061_000, '1d1h'],
    [12, '12ms'],
  ])('%i ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
