import { describe, expect, test } from '@jest/globals';
import type { Fingerprint } from '../../../../src/core/plan/content.js';
import type { JournalEntry, TransactionTarget } from '../../../../src/core/transaction/journal.js';
import {
  classify,
  resolve,
  undoAction,
  type RecoveryFacts,
} from '../../../../src/core/transaction/recovery.js';

const print = (sha256: string, mode = 0o644): Fingerprint => ({ sha256, mode, uid: 0, gid: 0 });
const target: TransactionTarget = {
  path: '/etc/docker/daemon.json',
  real: '/etc/docker/daemon.json',
  before: print('old'),
  after: print('new'),
  inPlace: false,
  passing: [],
};
const entry: JournalEntry = {
  generation: 7,
  state: 'applied',
  title: 'mirrors clear',
  commandLine: 'mirrors clear',
  user: 'ada',
  startedAt: 0,
  bootId: 'boot 1',
  targets: [target],
  folders: [],
  prune: [],
  refresh: [],
  activation: { action: 'restart', reasons: [] },
  config: null,
  undo: { action: 'restart', expect: [], dependents: [] },
  wasRunning: true,
  deadline: null,
  result: null,
};
const found: RecoveryFacts = { bootId: 'boot 1', timerAlive: true };

describe('resolve', () => {
  test.each([
    ['preparing', 'clean-up'],
    ['prepared', 'roll-back'],
    ['applied', 'roll-back'],
    ['awaiting', 'roll-back'],
    ['rolling-back', 'roll-back'],
    ['committed', 'finish'],
    ['undone', 'finish'],
  ] as const)('a journal that says %s: %s', (state, resolution) => {
    expect(resolve({ ...entry, state }, found)).toBe(resolution);
  });

  const awaiting: JournalEntry = { ...entry, state: 'awaiting', deadline: { at: 100, timer: 't' } };

  test('a change that waits for its confirmation is left alone', () => {
    expect(resolve(awaiting, found)).toBe('leave');
  });

  test.each([
    ['the machine was restarted', { bootId: 'boot 2' }],
    ['its time is over', { timerAlive: false }],
  ] as const)('it is rolled back when %s', (_, difference) => {
    expect(resolve(awaiting, { ...found, ...difference })).toBe('roll-back');
  });
});

describe('classify', () => {
  test.each([
    ['the old file', target, print('old'), 'before'],
    ['the new file', target, print('new'), 'after'],
    ['the old file with another mode', target, print('old', 0o600), 'before'],
    ['another file', target, print('theirs'), 'foreign'],
    ['no file', target, null, 'foreign'],
    ['a half written mount point', { ...target, inPlace: true }, print('half'), 'torn'],
    ['a file that was to be created', { ...target, before: null }, null, 'before'],
    ['a file that was to be deleted', { ...target, after: null }, null, 'after'],
    ['the old mode', { ...target, after: print('old', 0o600) }, print('old'), 'before'],
    ['the new mode', { ...target, after: print('old', 0o600) }, print('old', 0o600), 'after'],
  ] as const)('%s', (_, of, now, state) => {
    expect(classify(of, now)).toBe(state);
  });
});

describe('undoAction', () => {
  test.each([
    ['a daemon that was told is told again', {}, 'boot 1', 'restart'],
    ['one that was not told yet is left alone', { state: 'prepared' }, 'boot 1', 'none'],
    ['a restart of the machine has told it', { state: 'prepared' }, 'boot 2', 'restart'],
    ['one that did not run is not brought up', { wasRunning: false }, 'boot 1', 'none'],
  ] as const)('%s', (_, difference, bootId, action) => {
    expect(undoAction({ ...entry, ...difference }, bootId)).toBe(action);
  });
});
