import { expect, test } from '@jest/globals';
import { metricsText, type Counters } from '../../../../src/core/agent/metrics.js';
import { createWorld } from '../../../support/agent-world.js';

const COUNTERS: Counters = {
  ...{ reports: new Map(), lastScan: 1_500, dockerUp: true, version: '1.2.3' },
};
const of = (world: ReturnType<typeof createWorld>, counters: Partial<Counters> = {}) =>
  metricsText(
    world.state(),
    { ...COUNTERS, ...counters },
    { wall: 0, mono: world.now(), random: 0 },
  );

/** prometheus/docs, exposition_formats.md, text format 0.0.4. */
test('every line is HELP, TYPE or a sample of the one before, and the last one ends', () => {
  const text = of(createWorld({ fields: {} }));
  expect(text.endsWith('\n')).toBe(true);
  let name = '';
  for (const line of text.trimEnd().split('\n')) {
    name = /^# HELP (dockerctl_[a-z_]+) [A-Z].*\.$/.exec(line)?.[1] ?? name;
    expect(line).toMatch(
      new RegExp(
        `^# HELP ${name} |^# TYPE ${name} (?:gauge|counter)$|^${name}(?:\\{[a-z]+="[^"]*"\\})? -?[0-9.]+$`,
      ),
    );
    // A counter's name ends in _total.
    if (line.startsWith('# TYPE')) expect(line.endsWith(' counter')).toBe(name.endsWith('_total'));
  }
});

test('what is adrift, by its scope and by what it asks for', () => {
  const world = createWorld({
    fields: { a: 'reload', b: 'restart' },
    settings: { restart: 'never' },
    outcome: () => 'failed',
  });
  world.run(1_000);
  expect(of(world)).toContain('dockerctl_in_sync{scope="daemon"} 1\n');
  world.write('a', 'theirs');
  world.write('b', 'theirs');
  world.run(3_000);
  const text = of(world);
  for (const line of [
    'in_sync{scope="daemon"} 0',
    'in_sync{scope="cas"} 1',
    'drift_items{scope="daemon"} 2',
    'pending_restart 1',
    'repairs_failing 1',
    'fight_suspected 0',
    'paused 0',
  ])
    expect(text).toContain(`dockerctl_${line}\n`);
});

test('what was counted, and when it was looked, in seconds', () => {
  const reports = new Map([
    ['drift-detected', 3],
    ['apply-committed', 2],
    ['rolled-back', 1],
  ] as const);
  const text = of(createWorld({ fields: {} }), { reports, dockerUp: false });
  for (const line of [
    'build_info{version="1.2.3"} 1',
    'drift_detected_total 3',
    'repairs_total{result="applied"} 2',
    'repairs_total{result="rolled-back"} 1',
    'repairs_total{result="failed"} 0',
    'docker_up 0',
    'last_reconcile_timestamp_seconds 1.5',
  ])
    expect(text).toContain(`dockerctl_${line}\n`);
  expect(of(createWorld({ fields: {} }), { lastScan: null })).toContain(
    'dockerctl_last_reconcile_timestamp_seconds 0\n',
  );
});

test('a pause, and a repair under way', () => {
  const world = createWorld({ fields: { a: 'reload' } });
  world.run(1_000);
  world.write('a', 'theirs');
  world.run(600);
  expect(of(world)).toContain('dockerctl_transaction_in_flight 1\n');
  world.tell({ kind: 'pause', pause: { reason: 'x', by: 'ada', until: null } });
  expect(of(world)).toContain('dockerctl_paused 1\n');
});
