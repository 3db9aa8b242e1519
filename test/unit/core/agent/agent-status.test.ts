import { expect, test } from '@jest/globals';
import { agentStatusOf } from '../../../../src/core/agent/agent-status.js';
import { createWorld } from '../../../support/agent-world.js';

const now = (mono: number) => ({ wall: mono, mono, random: 0.5 });
const circumstances = { pid: 7, version: '1', lastScan: 0, refused: null, degraded: null };

test('what stands is what is adrift now, and what of it is no longer repaired', () => {
  const world = createWorld({ fields: { mirrors: 'reload' }, outcome: () => 'refused' });
  world.run(1_000);
  expect(agentStatusOf(world.state(), circumstances, now(world.now()))).toEqual({
    ...circumstances,
    adrift: 0,
    leftAlone: 0,
    waiting: 0,
    blind: null,
  });
  world.write('mirrors', 'theirs');
  world.run(5_000);
  expect(agentStatusOf(world.state(), circumstances, now(world.now()))).toMatchObject({
    adrift: 1,
    leftAlone: 1,
  });
  world.write('mirrors', 'wanted');
  world.run(5_000);
  expect(agentStatusOf(world.state(), circumstances, now(world.now()))).toMatchObject({
    adrift: 0,
    leftAlone: 0,
  });
});

test('what only a restart repairs waits for one that is allowed', () => {
  const world = createWorld({ fields: { 'data-root': 'restart' }, settings: { restart: 'never' } });
  world.write('data-root', 'theirs');
  world.run(5_000);
  expect(agentStatusOf(world.state(), circumstances, now(world.now()))).toMatchObject({
    adrift: 1,
    leftAlone: 0,
    waiting: 1,
  });
});

test('while scans fail it stands since when and why, whatever the reasons after the first', () => {
  const world = createWorld({ fields: {} });
  world.run(1_000);
  const since = world.now();
  world.tell({ kind: 'scan-failed', reason: 'daemon.json is a folder' });
  world.run(1_500);
  world.tell({ kind: 'scan-failed', reason: 'it cannot be read' });
  expect(agentStatusOf(world.state(), circumstances, now(world.now()))).toMatchObject({
    blind: { since, reason: 'it cannot be read' },
  });
  world.run(10_000);
  expect(agentStatusOf(world.state(), circumstances, now(world.now())).blind).toBeNull();
});
