import { describe, expect, test } from '@jest/globals';
import type { ConfigFix } from '../../../../../src/core/dockerd/validate/config-edit.js';
import { withSafeFixes, renamed } from '../../../../../src/core/dockerd/validate/safe-renames.js';

const rename = (from: string) => ({ rename: from, to: `${from}s` });
const fixes = (...each: readonly ConfigFix[]) => new Map(each.map((fix, at) => [at, fix]));
const kept = (all: ReadonlyMap<number, ConfigFix>) => [...all.keys()];

describe('renames after which dockerd would take less than now', () => {
  test('are left out, and nothing else is', () => {
    const all = fixes(rename('label'), { remove: ['x'] }, rename('mirror'));
    const takes = (renames: readonly { readonly rename: string }[]) =>
      renames.every((one) => one.rename !== 'label');
    expect(kept(withSafeFixes(all, takes))).toEqual([1, 2]);
  });

  test('are none where dockerd takes them all, which is asked once', () => {
    const all = fixes(rename('label'), rename('mirror'));
    const asked: number[] = [];
    const takes = (renames: readonly unknown[]) => asked.push(renames.length) > 0;
    expect(withSafeFixes(all, takes)).toBe(all);
    expect(asked).toEqual([2]);
  });

  test('are not looked for where nothing is renamed', () => {
    const all = fixes({ remove: ['x'] });
    expect(
      withSafeFixes(all, () => {
        throw new Error('asked');
      }),
    ).toBe(all);
  });

  test('of more than twenty only the first are asked about one by one', () => {
    const all = fixes(...Array.from({ length: 30 }, (_, at) => rename(`key${at}`)));
    const takes = (renames: readonly unknown[]) => renames.length === 1;
    expect(kept(withSafeFixes(all, takes))).toHaveLength(20);
  });
});

test('the members under their new names, values and all', () => {
  const pairs = [
    ['label', 'a=1'],
    ['debug', true],
    ['mirror', ['m']],
  ] as const;
  const renames = [{ ...rename('label'), as: ['a=1'] }, rename('mirror')];
  expect(renamed(pairs as never, renames)).toEqual([
    ['labels', ['a=1']],
    ['debug', true],
    ['mirrors', ['m']],
  ]);
});
