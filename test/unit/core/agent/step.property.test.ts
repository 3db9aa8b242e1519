import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FIGHT_MS, FIGHT_REPAIRS } from '../../../../src/core/agent/items.js';
import { type Repair, RESTART_GAP_MS } from '../../../../src/core/agent/repair.js';
import type { RepairResult } from '../../../../src/core/agent/events.js';
import { createWorld, type World } from '../../../support/agent-world.js';

const FIELDS = { mirrors: 'reload', labels: 'reload', 'data-root': 'restart', ca: 'none' } as const;
const IDS = Object.keys(FIELDS);

type Action =
  | { readonly do: 'write'; readonly id: string; readonly value: string; readonly noticed: boolean }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'burst'; readonly id: string; readonly count: number }
  | { readonly do: 'pause' | 'resume' };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      id: fc.constantFrom(...IDS),
      value: fc.constantFrom('wanted', 'theirs', 'others', 'half'),
      noticed: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, 50, 400, 2_000, 30_000, 400_000, 3_600_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('burst' as const),
      id: fc.constantFrom(...IDS),
      count: fc.integer({ min: 1, max: 200 }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Action>({ do: 'pause' }, { do: 'resume' }) },
);

const history = fc.record({
  actions: fc.array(action, { maxLength: 60 }),
  outcomes: fc.infiniteStream(
    fc.constantFrom<RepairResult['status']>(
      'applied',
      'applied',
      'failed',
      'rolled-back',
      'refused',
    ),
  ),
});

describe('whatever happens to the machine', () => {
  test('nothing is repaired too often, restarted too soon or repaired in a pause, and memory stays small', () => {
    fc.assert(
      fc.property(history, ({ actions, outcomes }) => {
        const applied: ({ readonly at: number } & Repair)[] = [];
        const world = createWorld({
          fields: FIELDS,
          doubtful: (value) => value === 'half',
          outcome: (repair) => {
            const status = outcomes.next().value as RepairResult['status'];
            if (status === 'applied') applied.push({ at: world.now(), ...repair });
            return status;
          },
        });
        let paused = false;
        for (const one of actions) {
          const before = { repairs: world.repairs.length, scans: world.scans, at: world.now() };
          const wasPaused = paused && one.do !== 'resume';
          paused = perform(world, one, paused);
          if (wasPaused) expect(world.repairs.length).toBe(before.repairs);
          const elapsed = world.now() - before.at;
          expect(world.scans - before.scans).toBeLessThanOrEqual(3 + elapsed / 500);
          expect(world.state().items.size).toBeLessThanOrEqual(IDS.length);
          for (const item of world.state().items.values()) {
            expect(item.reports.length).toBeLessThanOrEqual(10);
            expect(item.repairs.length).toBeLessThanOrEqual(FIGHT_REPAIRS);
          }
        }
        for (const { at, repair } of world.repairs) {
          const heard = world.reports.filter((one) => one.at <= at).map(({ report }) => report);
          for (const id of repair.ids) {
            expect(
              heard.some(({ name, drift }) => name === 'drift-detected' && drift?.id === id),
            ).toBe(true);
          }
        }
        if (!actions.some((one) => one.do === 'resume')) {
          for (const id of IDS) expectNoFight(applied.filter(({ ids }) => ids.includes(id)));
          expectRestartsApart(world);
          // All of them are for the one thing that is declared.
          expect(applied.filter(({ restart }) => restart).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a rival that never rests is let win within ten minutes, with one alert a thing', () => {
    const rival = fc.record({
      id: fc.constantFrom('mirrors', 'labels', 'ca'),
      every: fc.integer({ min: 600, max: 60_000 }),
      values: fc.array(fc.constantFrom('theirs', 'others'), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(rival, ({ id, every, values }) => {
        const world = createWorld({ fields: FIELDS });
        for (let count = 0; world.now() < 3_600_000; count += 1) {
          world.write(id, values[count % values.length] ?? '');
          world.run(every);
        }
        const alerts = world.names().filter((name) => name === 'fight-suspected');
        expect(alerts).toHaveLength(1);
        expect(world.repairs.length).toBe(FIGHT_REPAIRS);
        expect(world.repairs.at(-1)?.at).toBeLessThan(FIGHT_MS);
      }),
      { numRuns: 100 },
    );
  });

  test('a few edits are repaired once it is quiet', () => {
    const edits = fc.array(
      fc.record({ id: fc.constantFrom('mirrors', 'labels', 'ca'), noticed: fc.boolean() }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(edits, (actions) => {
        const world = createWorld({ fields: FIELDS });
        for (const { id, noticed } of actions) {
          world.write(id, 'theirs', noticed);
          world.run(60_000);
        }
        world.run(700_000);
        expect(IDS.map((id) => world.value(id))).toEqual(IDS.map(() => 'wanted'));
        expect(world.repairs.length).toBeLessThanOrEqual(actions.length);
      }),
      { numRuns: 200 },
    );
  });
});

function perform(world: World, one: Action, paused: boolean): boolean {
  switch (one.do) {
    case 'write':
      world.write(one.id, one.value, one.noticed);
      return paused;
    case 'burst':
      for (let count = 0; count < one.count; count += 1) {
        world.write(one.id, `burst ${count}`);
        world.run(1);
      }
      return paused;
    case 'wait':
      world.run(one.ms);
      return paused;
    case 'pause':
      // A repair that is under way is finished.
      world.run(2_000);
      world.tell({ kind: 'pause', pause: { reason: 'a', by: 'b', until: null } });
      return true;
    case 'resume':
      world.tell({ kind: 'pause', pause: null });
      return false;
  }
}

function expectNoFight(repairs: readonly { readonly at: number }[]): void {
  for (const { at } of repairs) {
    const within = repairs.filter((other) => other.at >= at && other.at - at < FIGHT_MS);
    expect(within.length).toBeLessThanOrEqual(FIGHT_REPAIRS);
  }
}

function expectRestartsApart(world: World): void {
  const restarts = world.repairs.filter(({ repair }) => repair.restart).map(({ at }) => at);
  restarts.slice(1).forEach((at, index) => {
    const failedBefore = at - (restarts[index] ?? 0) < RESTART_GAP_MS;
    // Only an attempt that touched nothing may be followed sooner.
    if (failedBefore) expect(world.names()).toContain('apply-failed');
  });
}
