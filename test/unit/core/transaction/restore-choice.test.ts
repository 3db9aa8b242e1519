import { describe, expect, test } from '@jest/globals';
import type { ObservedDaemon } from '../../../../src/core/dockerd/observed/observed.js';
import {
  chooseRestore,
  type RestoreChoice,
  type Told,
} from '../../../../src/core/transaction/restore-choice.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { WEB } from '../../../support/plans.js';

const TOLD: Told = {
  action: 'restart',
  containers: 'keep',
  pid: 4711,
  interim: false,
  liveRestore: false,
};

type Case = readonly [string, Partial<Told>, Partial<ObservedDaemon>, RestoreChoice];

describe('chooseRestore', () => {
  test.each<Case>([
    ['what was not told is not told', { action: 'none' }, { state: 'failed' }, 'none'],
    ['a reload is taken back by a reload', { action: 'reload' }, {}, 'reload'],
    [
      'a reload of one that hangs by nothing',
      { action: 'reload' },
      { silence: 'stopped', info: null },
      'unanswering',
    ],
    [
      'a reload of one without a socket by nothing',
      { action: 'reload' },
      { silence: 'no-socket', info: null },
      'unanswering',
    ],
    [
      'one that is being started is waited for',
      { action: 'reload' },
      { silence: 'starting', info: null },
      'reload',
    ],
    [
      'one that a reload ended is started',
      { action: 'reload' },
      { state: 'failed', info: null, pid: null },
      'restart',
    ],
    ['a restart that was never begun', {}, {}, 'none'],
    [
      'the same, with live-restore switched on for it',
      { interim: true },
      { info: { LiveRestoreEnabled: true } },
      'live-restore-restart',
    ],
    ['a restart without containers', {}, { pid: 4712 }, 'restart'],
    [
      'a restart with containers that may stop',
      { containers: 'stop' },
      { pid: 4712, containers: [WEB] },
      'restart',
    ],
    [
      'a restart with containers',
      { interim: true },
      { pid: 4712, containers: [WEB] },
      'live-restore-restart',
    ],
    [
      'a restart with containers that nothing keeps',
      {},
      { pid: 4712, containers: [WEB] },
      'would-stop',
    ],
    [
      'a restart with live-restore on',
      { liveRestore: true },
      { pid: 4712, containers: [WEB], info: { LiveRestoreEnabled: true } },
      'restart',
    ],
    [
      'a start with live-restore on',
      { liveRestore: true },
      { pid: null, state: 'failed', info: null, containers: [WEB] },
      'restart',
    ],
    [
      'one that hangs with containers',
      { interim: true },
      { pid: 4712, silence: 'silent', info: null, containers: [WEB] },
      'unanswering',
    ],
    ['one that hangs without', {}, { pid: 4712, silence: 'silent', info: null }, 'restart'],
  ])('%s', (_, told, now, choice) => {
    expect(chooseRestore(observedDaemon(now), { ...TOLD, ...told })).toBe(choice);
  });
});
