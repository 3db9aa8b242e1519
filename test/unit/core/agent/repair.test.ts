import { describe, expect, test } from '@jest/globals';
import type { ActivationAction } from '../../../../src/core/plan/plan.js';
import {
  backoffMs,
  chooseRepair,
  isPaused,
  mayRepair,
  nextRepairAt,
  RESTART_GAP_MS,
  waitingForRestart,
} from '../../../../src/core/agent/repair.js';
import { createState, type AgentState, type Item } from '../../../../src/core/agent/state.js';
import { driftOf, SETTINGS } from '../../../support/agent-world.js';

const at = (mono: number) => ({ wall: mono, mono, random: 0.5 });
const item = (id: string, action: ActivationAction, change: Partial<Item> = {}): Item => ({
  ...{ drift: driftOf(id, action, 'theirs', false), present: true, settled: true, since: 0 },
  ...{ reported: null, reports: [], repairs: [], verdict: null, ...change },
});
const stateOf = (items: readonly Item[], change: Partial<AgentState> = {}): AgentState => ({
  ...createState(SETTINGS, at(0)),
  items: new Map(items.map((one) => [one.drift.id, one])),
  ...change,
});
const settings = (change: Partial<typeof SETTINGS>) => ({ settings: { ...SETTINGS, ...change } });

test('each attempt that somebody undid makes the next wait three times longer, up to five minutes', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 100].map(backoffMs)).toEqual([
    0, 2_000, 6_000, 18_000, 54_000, 162_000, 300_000, 300_000,
  ]);
});

describe('what is repaired now', () => {
  const ids = (state: AgentState, mono = 0) => chooseRepair(state, at(mono));

  test('what asks for less of dockerd goes first, alone', () => {
    const all = [item('r', 'restart'), item('l', 'reload'), item('n', 'none')];
    expect(ids(stateOf(all))).toEqual({ ids: ['n'], restart: false });
    expect(ids(stateOf(all.slice(0, 2)))).toEqual({ ids: ['l'], restart: false });
    expect(ids(stateOf(all.slice(0, 1)))).toEqual({ ids: ['r'], restart: true });
  });

  test.each<[string, Partial<Item>]>([
    ['gone', { present: false }],
    ['not settled', { settled: false }],
    ['given up', { verdict: { kind: 'refused', wanted: 'wanted' } }],
    ['fought over', { repairs: [-9e9, -9e9, -9e9] }],
    ['beyond repair', { drift: { ...driftOf('a', 'none', 'x', false), beyondRepair: true } }],
  ])('not what is %s', (_, change) => {
    expect(ids(stateOf([item('a', 'none', change)]))).toBeNull();
  });

  test('not by the declaration, a pause, or a time to wait', () => {
    const one = [item('a', 'none')];
    const report = { ...SETTINGS.policy, daemon: 'report' as const };
    expect(ids(stateOf(one, settings({ policy: report })))).toBeNull();
    const pause = { reason: 'x', by: 'ada', until: 10 };
    expect(ids(stateOf(one, { pause }), 9)).toBeNull();
    expect(ids(stateOf(one, { pause }), 10)).not.toBeNull();
    expect(ids(stateOf(one, { notBefore: 5 }), 4)).toBeNull();
    expect(ids(stateOf(one, { notBefore: 5 }), 5)).not.toBeNull();
  });

  test('after its turn has come', () => {
    const state = stateOf([item('a', 'none', { repairs: [1_000] })]);
    expect(ids(state, 2_999)).toBeNull();
    expect(ids(state, 3_000)).not.toBeNull();
    expect(nextRepairAt(state, at(1_500))).toBe(3_000);
    expect(nextRepairAt(state, at(3_000))).toBe(Infinity);
    expect(nextRepairAt({ ...state, busy: 'scan' }, at(1_500))).toBe(Infinity);
  });
});

describe('a restart of dockerd', () => {
  const one = [item('a', 'restart')];
  const waits = (change: Partial<AgentState>, mono = 0) => {
    const state = stateOf(one, change);
    const waiting = waitingForRestart(state, at(mono));
    expect(chooseRepair(state, at(mono)) === null).toBe(waiting === 1);
    return waiting === 1;
  };

  test('as the declaration has it', () => {
    expect(waits(settings({ restart: 'always' }))).toBe(false);
    expect(waits(settings({ restart: 'never' }))).toBe(true);
    const calendar = {
      ...SETTINGS.calendar,
      allow: [{ kind: 'dates', from: '1970-01-02', to: '1970-01-02' }] as const,
    };
    const windowed = settings({ restart: 'window', calendar });
    expect(waits(windowed)).toBe(true);
    expect(waits(windowed, 86_400_000)).toBe(false);
  });

  test('never two within ten minutes', () => {
    expect(waits({ lastRestart: 0 }, RESTART_GAP_MS - 1)).toBe(true);
    expect(waits({ lastRestart: 0 }, RESTART_GAP_MS)).toBe(false);
  });
});

test('a pause without an end lasts, and a denied window forbids', () => {
  const paused = stateOf([], { pause: { reason: 'x', by: 'ada', until: null } });
  expect([isPaused(paused, at(9e12)), mayRepair(paused, at(9e12))]).toEqual([true, false]);
  const deny = [{ kind: 'dates', from: '1970-01-01', to: '1970-01-01' }] as const;
  const denied = stateOf([], settings({ calendar: { ...SETTINGS.calendar, deny } }));
  expect([mayRepair(denied, at(0)), mayRepair(denied, at(86_400_000))]).toEqual([false, true]);
});
