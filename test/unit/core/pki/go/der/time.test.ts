import { describe, expect, test } from '@jest/globals';
import { cursor } from '../../../../../../src/core/pki/go/der/cursor.js';
import { readTime } from '../../../../../../src/core/pki/go/der/time.js';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';
import { text } from '../../../../../support/chains/der.js';

const [UTC, GENERALIZED] = [0x17, 0x18];
const read = (tag: number, written: string) =>
  GENERATIONS.map((generation) => {
    const { value, refusal } = tried(() =>
      readTime(cursor(text(tag, written)), rulesOf(generation)),
    );
    return refusal === null ? new Date(value).toISOString().slice(0, 19) : refusal.code;
  });

/** RFC 5280, section 4.1.2.5; parser.go, parseTime. */
describe('a date', () => {
  test.each([
    [UTC, '261121120000Z', '2026-11-21T12:00:00'],
    [UTC, '2611211200Z', '2026-11-21T12:00:00'],
    // From 2050 on it counts in the last century.
    [UTC, '500101000000Z', '1950-01-01T00:00:00'],
    [UTC, '491231235959Z', '2049-12-31T23:59:59'],
    [UTC, '990101000000Z', '1999-01-01T00:00:00'],
    [UTC, '261121120000+0130', '2026-11-21T10:30:00'],
    [GENERALIZED, '20501231235959Z', '2050-12-31T23:59:59'],
    [GENERALIZED, '20240229000000Z', '2024-02-29T00:00:00'],
  ])('%i %s: %s', (tag, written, expected) => {
    expect(read(tag, written)).toEqual([expected, expected, expected]);
  });

  test.each([
    [UTC, '261121120000'],
    [UTC, '261321120000Z'],
    [UTC, '261131120000Z'],
    [UTC, '261121240000Z'],
    [UTC, '261121120060Z'],
    [UTC, '261121120000+0000'],
    [UTC, '261121120000+0060'],
    [GENERALIZED, '20230229000000Z'],
    [GENERALIZED, '20261121120000.5Z'],
    [12, '261121120000Z'],
  ])('%i %s is none', (tag, written) => {
    expect(read(tag, written)).toEqual(Array(3).fill('time-malformed'));
  });
});

test('the hours of a zone end at 24, for those that look', () => {
  for (const [at, generation] of GENERATIONS.entries())
    expect(read(UTC, '261121120000+2500')[at] === 'time-malformed').toBe(
      rulesOf(generation).zoneLimited,
    );
});
