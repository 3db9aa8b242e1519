import { describe, expect, test } from '@jest/globals';
import { invert, isEmpty, NO_ACTIVATION, type Plan } from '../../../../src/core/plan/plan.js';

const image = (text: string) => ({ content: { text }, mode: 0o644, uid: 0, gid: 0 });

const plan: Plan = {
  title: 'mirrors set https://mirror.example.com',
  changes: [
    { path: '/etc/docker/certs.d/a/ca.crt', before: null, after: image('a') },
    { path: '/etc/docker/daemon.json', before: image('{}'), after: image('{"debug":true}') },
  ],
  prune: [],
  refresh: [],
  activation: { action: 'reload', reasons: ['debug is re-read on reload'] },
  expect: [{ kind: 'info', pointer: '/Debug', match: 'equals', value: true, key: 'debug' }],
  notes: [],
};

describe('invert', () => {
  test('swaps before and after and undoes in reverse order', () => {
    expect(invert(plan).changes).toEqual([
      { path: '/etc/docker/daemon.json', before: image('{"debug":true}'), after: image('{}') },
      { path: '/etc/docker/certs.d/a/ca.crt', before: image('a'), after: null },
    ]);
  });

  test('twice gives the changes back', () => {
    expect(invert(invert(plan)).changes).toEqual(plan.changes);
  });
});

describe('isEmpty', () => {
  test('a plan without changes, refresh and activation is empty', () => {
    expect(isEmpty({ ...plan, changes: [], activation: NO_ACTIVATION })).toBe(true);
  });

  test('a plan that only restarts is not', () => {
    expect(isEmpty({ ...plan, changes: [], activation: { action: 'restart', reasons: [] } })).toBe(
      false,
    );
  });
});
