import { describe, expect, test } from '@jest/globals';
import { createWorld, SETTINGS } from '../../../support/agent-world.js';

const MINUTE = 60_000;
const reloadable = { fields: { mirrors: 'reload' } } as const;

describe('noticing', () => {
  test('a change is looked at once it has been quiet for the debounce, and repaired at once', () => {
    const world = createWorld(reloadable);
    world.run(1_000);
    world.write('mirrors', 'theirs');
    world.run(549);
    expect(world.names()).toEqual([]);
    world.run(1);
    expect(world.names()).toEqual(['drift-detected', 'apply-started']);
    world.run(1_000);
    expect(world.names().slice(2)).toEqual(['apply-committed', 'drift-resolved']);
    expect(world.value('mirrors')).toBe('wanted');
  });

  test('a thousand writes in a second cost two scans and one repair', () => {
    const world = createWorld(reloadable);
    world.run(1_000);
    const before = world.scans;
    for (let count = 0; count < 1_000; count += 1) {
      world.write('mirrors', `theirs ${count}`);
      world.run(1);
    }
    world.run(5_000);
    expect(world.scans - before).toBe(2);
    expect(world.repairs).toHaveLength(1);
    expect(world.reports.filter(({ report }) => report.name === 'drift-detected')).toHaveLength(1);
  });

  test('writes that never end are still looked at every five seconds', () => {
    const world = createWorld({ ...reloadable, settings: { policy: reportOnly() } });
    world.run(1_000);
    const before = world.scans;
    for (let count = 0; count < 300; count += 1) {
      world.write('mirrors', `theirs ${count}`);
      world.run(100);
    }
    expect(world.scans - before).toBeGreaterThanOrEqual(5);
    expect(world.scans - before).toBeLessThanOrEqual(7);
  });

  test('what is undone right after its repair is repaired once its wait is over, and not at the next look', () => {
    const world = createWorld(reloadable);
    world.run(1_000);
    world.write('mirrors', 'theirs');
    world.run(2_000);
    world.write('mirrors', 'theirs again');
    world.run(3_500);
    expect(world.repairs).toHaveLength(2);
    expect(world.value('mirrors')).toBe('wanted');
  });

  test('a change that no watcher saw is found by the full scan', () => {
    const world = createWorld(reloadable);
    world.run(1_000);
    world.write('mirrors', 'theirs', false);
    world.run(5.5 * MINUTE);
    expect(world.value('mirrors')).toBe('wanted');
  });

  test('a dockerd that does not answer yet is asked again soon, one that is down ever more seldom', () => {
    const world = createWorld(reloadable);
    world.answer(false);
    world.run(1_000);
    expect(world.scans).toBe(1);
    world.run(2_000);
    expect(world.scans).toBe(2);
    world.answer(true);
    world.run(6_000);
    expect(world.scans).toBe(3);
    world.run(4 * MINUTE);
    expect(world.scans).toBe(3);
    world.answer(false);
    world.run(60 * MINUTE);
    const before = world.scans;
    world.run(60 * MINUTE);
    expect(world.scans - before).toBeLessThanOrEqual(14);
  });

  test('our own writes cause no further scan', () => {
    const world = createWorld(reloadable);
    world.write('mirrors', 'theirs');
    world.run(3_000);
    const before = world.scans;
    world.write('mirrors', 'wanted');
    world.run(3_000);
    expect(world.scans).toBe(before);
  });

  test('a half-written file gets five seconds', () => {
    const world = createWorld({ ...reloadable, doubtful: (value) => value === 'half' });
    world.run(1_000);
    world.write('mirrors', 'half');
    world.run(4_000);
    world.write('mirrors', 'wanted');
    world.run(MINUTE);
    expect(world.names()).toEqual([]);
    world.write('mirrors', 'half');
    world.run(7_000);
    expect(world.names()).toContain('drift-detected');
    expect(world.value('mirrors')).toBe('wanted');
  });
});

describe('policy', () => {
  test('report says it once and touches nothing', () => {
    const world = createWorld({ ...reloadable, settings: { policy: reportOnly() } });
    world.write('mirrors', 'theirs');
    world.run(60 * MINUTE);
    expect(world.names()).toEqual(['drift-detected']);
    expect(world.repairs).toEqual([]);
    world.write('mirrors', 'wanted');
    world.run(MINUTE);
    expect(world.names()).toEqual(['drift-detected', 'drift-resolved']);
  });

  test('what needs a restart waits for its window, what needs none does not', () => {
    const calendar = {
      allow: [{ kind: 'weekly', days: [0, 1, 2, 3, 4, 5, 6], from: 120, to: 240 }] as const,
      deny: [],
      timezone: 'UTC',
    };
    const world = createWorld({
      fields: { mirrors: 'reload', 'data-root': 'restart' },
      settings: { restart: 'window', calendar },
    });
    world.write('mirrors', 'theirs');
    world.write('data-root', 'theirs');
    world.run(60 * MINUTE);
    expect(world.value('mirrors')).toBe('wanted');
    expect(world.value('data-root')).toBe('theirs');
    world.run(61 * MINUTE);
    expect(world.value('data-root')).toBe('wanted');
  });

  test('what dockerd need not be told of does not share the fate of a reload that is refused', () => {
    const world = createWorld({
      fields: { mirrors: 'reload', ca: 'none' },
      outcome: ({ ids }) => (ids.includes('mirrors') ? 'refused' : 'applied'),
    });
    world.write('mirrors', 'theirs');
    world.write('ca', 'theirs');
    world.run(MINUTE);
    expect(world.value('ca')).toBe('wanted');
    expect(world.repairs.map(({ repair }) => repair.ids)).toEqual([['ca'], ['mirrors']]);
  });

  test('a window that denies stops every repair', () => {
    const calendar = {
      allow: [],
      deny: [{ kind: 'dates', from: '1970-01-01', to: '1970-01-01' }] as const,
      timezone: 'UTC',
    };
    const world = createWorld({ ...reloadable, settings: { calendar } });
    world.write('mirrors', 'theirs');
    world.run(23 * 60 * MINUTE);
    expect(world.repairs).toEqual([]);
    world.run(2 * 60 * MINUTE);
    expect(world.value('mirrors')).toBe('wanted');
  });

  test('a pause stops repairs and ends by itself', () => {
    const world = createWorld(reloadable);
    world.tell({ kind: 'pause', pause: { reason: 'testing', by: 'ada', until: 10 * MINUTE } });
    world.write('mirrors', 'theirs');
    world.run(9 * MINUTE);
    expect(world.names()).toEqual(['paused', 'drift-detected']);
    world.run(2 * MINUTE);
    expect(world.names()).toContain('resumed');
    expect(world.value('mirrors')).toBe('wanted');
  });
});

describe('what must not go on for ever', () => {
  test('a second manager is let win after three repairs, with one alert', () => {
    const world = createWorld(reloadable);
    for (let count = 0; count < 300; count += 1) {
      world.write('mirrors', 'theirs');
      world.run(2_000);
    }
    expect(world.repairs).toHaveLength(3);
    expect(world.names().filter((name) => name === 'fight-suspected')).toHaveLength(1);
  });

  test('a fight is forgotten once the other side has given in', () => {
    const world = createWorld(reloadable);
    for (let count = 0; count < 20; count += 1) {
      world.write('mirrors', 'theirs');
      world.run(2_000);
    }
    world.write('mirrors', 'wanted');
    world.run(20 * MINUTE);
    world.write('mirrors', 'theirs');
    world.run(MINUTE);
    expect(world.value('mirrors')).toBe('wanted');
    expect(world.repairs).toHaveLength(4);
  });

  test('dockerd is restarted once for what is declared, whatever comes back', () => {
    const world = createWorld({ fields: { 'data-root': 'restart' } });
    for (let day = 0; day < 7; day += 1) {
      world.write('data-root', 'theirs');
      world.run(24 * 60 * MINUTE);
    }
    expect(world.repairs).toHaveLength(1);
  });

  test('dockerd is restarted again at once for somebody who says resume', () => {
    const world = createWorld({
      fields: { 'data-root': 'restart' },
      outcome: () => 'rolled-back',
    });
    world.write('data-root', 'theirs');
    world.run(MINUTE);
    world.tell({ kind: 'pause', pause: null });
    world.run(MINUTE);
    expect(world.repairs).toHaveLength(2);
  });

  test('a repair that somebody undoes before dockerd has looked is one of the three of a fight', () => {
    const world = createWorld({ ...reloadable, outcome: () => 'contested' });
    world.write('mirrors', 'theirs');
    world.run(60 * MINUTE);
    expect(world.repairs).toHaveLength(3);
    expect(world.names().filter((name) => name === 'fight-suspected')).toHaveLength(1);
  });

  test('what was rolled back is not tried again until it is told to resume', () => {
    const world = createWorld({ ...reloadable, outcome: () => 'rolled-back' });
    world.write('mirrors', 'theirs');
    world.run(600 * MINUTE);
    expect(world.repairs).toHaveLength(1);
    world.tell({ kind: 'pause', pause: { reason: 'looking', by: 'ada', until: null } });
    world.tell({ kind: 'pause', pause: null });
    world.run(MINUTE);
    expect(world.repairs).toHaveLength(2);
  });

  test.each(['refused', 'rolled-back'] as const)(
    'what was %s is tried again once something else is declared, and not for other settings',
    (status) => {
      const world = createWorld({ ...reloadable, outcome: () => status });
      world.write('mirrors', 'theirs');
      world.run(MINUTE);
      world.tell({ kind: 'settings', settings: { ...SETTINGS, scanMs: 240_000 } });
      world.run(10 * MINUTE);
      expect(world.repairs).toHaveLength(1);
      world.tell({ kind: 'settings', settings: { ...SETTINGS, declared: 'that' } });
      world.run(10 * MINUTE);
      expect(world.repairs).toHaveLength(2);
    },
  );

  test('a restart that was spent is not spent again for another declaration', () => {
    const world = createWorld({ fields: { 'data-root': 'restart' } });
    world.write('data-root', 'theirs');
    world.run(MINUTE);
    world.write('data-root', 'theirs');
    world.run(MINUTE);
    world.tell({ kind: 'settings', settings: { ...SETTINGS, declared: 'that' } });
    world.run(60 * MINUTE);
    expect(world.repairs).toHaveLength(1);
  });

  test('a repair that changed nothing is tried ever more rarely, and reported once', () => {
    const world = createWorld({ ...reloadable, outcome: () => 'failed' });
    world.write('mirrors', 'theirs');
    world.run(60 * MINUTE);
    const times = world.repairs.map(({ at }) => at);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    [2_000, 6_000, 18_000, 54_000, 162_000, 300_000].forEach((wait, index) => {
      expect(gaps[index]).toBeGreaterThanOrEqual(wait);
      expect(gaps[index]).toBeLessThan(wait + 6_000);
    });
    expect(Math.max(...gaps)).toBeLessThan(306_000);
    expect(world.names()).toEqual(['drift-detected', 'apply-started', 'apply-failed']);
  });
});

function reportOnly() {
  return {
    ...SETTINGS.policy,
    daemon: 'report' as const,
  };
}
