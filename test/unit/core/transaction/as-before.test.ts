import { expect, test } from '@jest/globals';
import { differences } from '../../../../src/core/transaction/as-before.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { WEB } from '../../../support/plans.js';

const DB = { ...WEB, id: 'db', name: 'db' };
const before = observedDaemon({ containers: [WEB, DB] });

test('what two looks show alike is as before', () => {
  expect(differences(before, observedDaemon({ containers: [DB, WEB] }), false)).toEqual([]);
});

test('another pid, a container that ended and one that was started anew are told', () => {
  const now = observedDaemon({ pid: 9, containers: [{ ...DB, pid: 10 }] });
  expect(differences(before, now, true)).toEqual([
    'dockerd was restarted (pid 9, before 4711)',
    'web runs no longer: start it with `docker start web`',
    'db was started anew',
  ]);
  expect(differences(before, now, false)[0]).toMatch(/somebody else restarted it/);
});

test('a container that its restart policy started with dockerd is told, and none of somebody else', () => {
  const now = observedDaemon({ pid: 9, containers: [WEB, DB, { ...DB, id: 'al', name: 'al' }] });
  expect(differences(before, now, true)).toContain(
    'al runs now and did not before: `docker stop al`',
  );
  const same = observedDaemon({ containers: now.containers });
  expect(differences(before, same, false)).toEqual([]);
});

test('a dockerd that is down, or hangs, is told', () => {
  const down = observedDaemon({ state: 'failed', pid: null, containers: [WEB, DB] });
  expect(differences(before, down, true)).toEqual(['dockerd is down now, and ran before']);
  const reset = observedDaemon({ state: 'stopped', pid: null, info: null });
  const failed = observedDaemon({ state: 'failed', pid: null, info: null });
  expect(differences(failed, reset, true)).toEqual(['dockerd is down, as before']);
  const hangs = observedDaemon({ silence: 'silent', info: null, containers: [WEB, DB] });
  expect(differences(before, hangs, false)).toEqual(['dockerd does not answer']);
});
