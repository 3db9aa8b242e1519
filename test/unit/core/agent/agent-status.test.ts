import { expect, test } from '@jest/globals';
import { agentStatusOf, agentTrouble } from '../../../../src/core/agent/agent-status.js';
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
    failing: null,
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

test('while repairs fail it stands since when and why the last did, until one is done or nothing is adrift', () => {
  let full = true;
  const world = createWorld({
    fields: { mirrors: 'reload', debug: 'reload' },
    outcome: () => (full ? 'failed' : 'applied'),
  });
  const status = () => agentStatusOf(world.state(), circumstances, now(world.now()));
  world.run(1_000);
  world.write('mirrors', 'theirs');
  world.run(3_000);
  const { failing = null } = status();
  expect(failing).toMatchObject({ reason: expect.stringMatching(/./) });
  expect(agentTrouble(status())).toEqual({ what: 'repair', ...failing });
  world.run(30_000);
  expect(status().failing?.since).toBe(failing?.since);
  full = false;
  world.run(400_000);
  expect(status().failing).toBeNull();

  full = true;
  world.write('debug', 'theirs');
  world.run(3_000);
  expect(status().failing).not.toBeNull();
  world.write('debug', 'wanted');
  world.run(3_000);
  expect(status().failing).toBeNull();
  expect(agentTrouble(status())).toBeNull();
});

test('what it cannot look at comes before what it cannot repair', () => {
  const world = createWorld({ fields: { mirrors: 'reload' }, outcome: () => 'failed' });
  world.run(1_000);
  world.write('mirrors', 'theirs');
  world.run(3_000);
  world.tell({ kind: 'scan-failed', reason: 'no such http://user:word@proxy.test/' });
  const status = agentStatusOf(world.state(), circumstances, now(world.now()));
  expect(agentTrouble(status)?.what).toBe('look');
  expect(agentTrouble(status)?.reason).not.toContain('word');
});
