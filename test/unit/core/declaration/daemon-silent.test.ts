import { describe, expect, test } from '@jest/globals';
import { silentDaemon } from '../../../../src/core/declaration/daemon-silent.js';
import type { ObservedDaemon } from '../../../../src/core/dockerd/observed/observed.js';
import { situationOf } from '../../../support/declared-daemon.js';

const MIRROR = `{ mirrors: ['https://m.example.com'] }`;

describe('a dockerd that does not answer', () => {
  const said = (observed: Partial<ObservedDaemon>, declared = MIRROR) =>
    silentDaemon(
      situationOf({ declared, file: '{"registry-mirrors":["https://m.example.com"]}', observed }),
    );

  test.each([
    ['is stopped', { state: 'stopped', info: null }, /does not run, so nothing/],
    ['runs', { info: null, pid: 7 }, /\(pid 7\) does not answer/],
  ] as const)('and %s has nothing in force, whatever its file says', (_, observed, message) => {
    expect(said(observed)).toMatchObject([
      { code: 'drift-unknown', severity: 'warning', message: expect.stringMatching(message) },
    ]);
  });

  test('is no matter where nothing is declared of it, there is none, or only root may ask', () => {
    expect(said({ state: 'stopped', info: null }, '{}')).toEqual([]);
    expect(said({ state: 'absent', info: null })).toEqual([]);
    expect(said({ info: null, forbidden: true })).toEqual([]);
    expect(said({ info: {} })).toEqual([]);
  });
});
