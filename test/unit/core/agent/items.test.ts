import { describe, expect, test } from '@jest/globals';
import {
  CALM_MS,
  DOUBT_MS,
  FIGHT_MS,
  noteDrifts,
  type Items,
} from '../../../../src/core/agent/items.js';
import type { Item } from '../../../../src/core/agent/state.js';
import { driftOf } from '../../../support/agent-world.js';

const at = (mono: number) => ({ wall: mono, mono, random: 0.5 });
const drift = (value = 'theirs', doubtful = false) => driftOf('a', 'reload', value, doubtful);
const names = ({ reports }: ReturnType<typeof noteDrifts>) => reports.map(({ name }) => name);
const withItem = (items: Items, change: Partial<Item>): Items =>
  new Map([...items].map(([id, item]) => [id, { ...item, ...change }]));
const seen = (items: Items, mono: number, found = drift()) => noteDrifts(items, [found], at(mono));
const NONE: Items = new Map();

describe('a thing that is adrift', () => {
  test('is reported once for each thing that it is', () => {
    const first = seen(NONE, 0);
    expect(names(first)).toEqual(['drift-detected']);
    expect(names(seen(first.items, 1_000))).toEqual([]);
    expect(names(seen(first.items, 1_000, drift('other')))).toEqual(['drift-detected']);
  });

  test('that may be half-written is reported once it has stood for five seconds', () => {
    const half = drift('half', true);
    const first = seen(NONE, 0, half);
    expect(names(first)).toEqual([]);
    expect(names(seen(first.items, DOUBT_MS - 1, half))).toEqual([]);
    expect(names(seen(first.items, DOUBT_MS, half))).toEqual(['drift-detected']);
  });

  test('is reported ten times within ten minutes at most', () => {
    let items = NONE;
    const said = Array.from({ length: 20 }, (_, count) => {
      const noted = seen(items, count, drift(`theirs ${count}`));
      ({ items } = noted);
      return noted.reports.length;
    });
    expect(said.reduce((sum, count) => sum + count)).toBe(10);
    expect(names(seen(items, FIGHT_MS, drift('later')))).toEqual(['drift-detected']);
  });
});

describe('a fight', () => {
  const { items } = seen(NONE, 0);

  test('is three repairs within ten minutes, and the thing is left alone', () => {
    const noted = seen(withItem(items, { repairs: [1, 2, 3] }), 10);
    expect(names(noted)).toEqual(['fight-suspected']);
    expect(noted.items.get('a')?.verdict).toEqual({ kind: 'fight', wanted: 'wanted' });
    expect(names(seen(noted.items, 20))).toEqual([]);
    expect(names(seen(withItem(items, { repairs: [2, 3] }), 10))).toEqual([]);
    expect(names(seen(withItem(items, { repairs: [1, 2, 3] }), FIGHT_MS + 1))).toEqual([]);
  });

  test('is over once something else is declared', () => {
    const fought = withItem(items, { verdict: { kind: 'fight', wanted: 'what was declared' } });
    expect(seen(fought, 10).items.get('a')?.verdict).toBeNull();
  });
});

describe('a thing that is in order again', () => {
  const gone = (items: Items, mono: number) => noteDrifts(items, [], at(mono));
  const { items } = seen(NONE, 1_000);

  test('is said to be, and whether we repaired it', () => {
    expect(gone(items, 2_000).reports).toMatchObject([
      { name: 'drift-resolved', reason: 'in order again' },
    ]);
    expect(gone(withItem(items, { repairs: [1_500] }), 2_000).reports).toMatchObject([
      { reason: 'repaired' },
    ]);
    expect(names(gone(withItem(items, { reported: null }), 2_000))).toEqual([]);
  });

  test('is forgotten after a while, unless it was given up', () => {
    const calm = gone(items, 2_000).items;
    expect(gone(calm, 2_000 + CALM_MS - 1).items.size).toBe(1);
    expect(gone(calm, 2_000 + CALM_MS).items.size).toBe(0);
    const given = withItem(calm, { verdict: { kind: 'refused', wanted: 'wanted' } });
    expect(gone(given, 10 * CALM_MS).items.size).toBe(1);
    const fought = withItem(calm, { verdict: { kind: 'fight', wanted: 'wanted' } });
    expect(gone(fought, 10 * CALM_MS).items.size).toBe(0);
  });
});

test('a machine of any size has two thousand things at most', () => {
  const many = Array.from({ length: 3_000 }, (_, count) => driftOf(`${count}`, 'none', 'x', false));
  expect(noteDrifts(NONE, many, at(0)).items.size).toBe(2_000);
});
