import { describe, expect, test } from '@jest/globals';
import { reduce } from '../../../../src/core/agent/reduce.js';
import type { AgentEvent, RepairResult } from '../../../../src/core/agent/events.js';
import { createState, type AgentState } from '../../../../src/core/agent/state.js';
import { driftOf, SETTINGS } from '../../../support/agent-world.js';

const at = (mono: number, random = 0.5) => ({ wall: mono + 1e12, mono, random });
const drift = driftOf('a', 'restart', 'theirs', false);
const scanned = (drifts = [drift], answered = true): AgentEvent => ({
  ...{ kind: 'scanned', drifts, fingerprint: 'f', answered },
});
const START = createState(SETTINGS, at(0));
const ADRIFT = reduce(START, scanned(), at(0)).state;
const reports = (state: AgentState, event: AgentEvent, mono = 0) =>
  reduce(state, event, at(mono)).actions.map((action) =>
    action.kind === 'report' ? action.report.name : action.kind,
  );
const repaired = (
  status: RepairResult['status'],
  action: RepairResult['action'] = 'reload',
): AgentEvent => ({
  kind: 'repaired',
  repair: { ids: ['a'], restart: action === 'restart' },
  result: { status, action, reason: status },
});
const after = (event: AgentEvent, state = ADRIFT, mono = 0) => reduce(state, event, at(mono)).state;

describe('a hint', () => {
  const hint = (fingerprint: string | null): AgentEvent => ({ kind: 'hint', fingerprint });

  test('of files as the last scan saw them is our own write', () => {
    expect(after(hint('f'))).toBe(ADRIFT);
    expect(after(hint('g')).hint).toEqual({ first: 0, last: 0 });
    expect(after(hint(null)).hint).not.toBeNull();
    expect(after(hint('f'), { ...ADRIFT, busy: 'scan' }).hint).not.toBeNull();
  });

  test('behind another keeps when the first one came', () => {
    expect(after(hint('h'), after(hint('g')), 7).hint).toEqual({ first: 0, last: 7 });
  });
});

describe('when it is looked at again', () => {
  const next = (event: AgentEvent, random: number) =>
    reduce(START, event, at(0, random)).state.nextScan;

  test('within a tenth of the time that is declared, so that machines do not all look at once', () => {
    expect([next(scanned(), 0), next(scanned(), 1)]).toEqual([270_000, 330_000]);
  });

  test('soon, where dockerd did not answer or a file may be half-written', () => {
    expect(next(scanned([], false), 0)).toBe(2_000);
    expect(next(scanned([{ ...drift, doubtful: true }]), 0)).toBe(1_000);
  });
});

describe('a repair', () => {
  test.each([
    ['applied', 'apply-committed'],
    ['contested', 'apply-failed'],
    ['refused', 'apply-failed'],
    ['failed', 'apply-failed'],
    ['rolled-back', 'rolled-back'],
    ['rollback-failed', 'rollback-failed'],
  ] as const)('that was %s is reported as %s', (status, name) => {
    expect(reports(ADRIFT, repaired(status))).toEqual([name]);
  });

  test.each([
    ['applied', 'reload', null, 1],
    ['applied', 'restart', 'restarted', 0],
    ['contested', 'reload', null, 1],
    ['refused', 'reload', 'refused', 0],
    ['rolled-back', 'restart', 'refused', 0],
    ['failed', 'reload', null, 0],
  ] as const)('%s with a %s: given up as %s, %d repairs', (status, action, kind, count) => {
    const item = after(repaired(status, action)).items.get('a');
    expect([item?.verdict?.kind ?? null, item?.repairs.length]).toEqual([kind, count]);
  });

  test('that failed waits ever longer, and is reported once', () => {
    const once = after(repaired('failed'));
    expect([once.notBefore, once.failing?.reason]).toEqual([2_000, 'failed']);
    expect(reports(once, repaired('failed'))).toEqual([]);
    expect(after(repaired('failed'), once).notBefore).toBe(6_000);
    const done = after(repaired('applied'), once);
    expect([done.notBefore, done.failing, done.failures]).toEqual([0, null, 0]);
  });

  test('a restart counts as one where dockerd was restarted, whatever came of it', () => {
    const last = (status: RepairResult['status']) =>
      after(repaired(status, 'restart'), ADRIFT, 5).lastRestart;
    expect([last('applied'), last('rolled-back'), last('refused'), last('failed')]).toEqual([
      ...[5, 5, null, null],
    ]);
  });
});

describe('scans that fail', () => {
  const failed: AgentEvent = { kind: 'scan-failed', reason: 'why' };

  test('are reported once, and tried ever more rarely', () => {
    const once = after(failed, START);
    expect(reports(START, failed)).toEqual(['scan-failed']);
    expect(reports(once, failed)).toEqual([]);
    expect([once.nextScan, after(failed, once).nextScan]).toEqual([2_000, 6_000]);
    expect(after(failed, once, 9).blind).toEqual({ since: 1e12, reason: 'why', scans: 2 });
    expect(after(scanned(), once).blind).toBeNull();
  });
});

describe('what is declared', () => {
  test('anew: what was refused is tried again, what was restarted for is not', () => {
    const told = (declared: string, status: RepairResult['status']) =>
      after(
        { kind: 'settings', settings: { ...SETTINGS, declared } },
        after(repaired(status, 'restart')),
      ).items.get('a')?.verdict?.kind ?? null;
    expect([told('that', 'refused'), told('this', 'refused')]).toEqual([null, 'refused']);
    expect(told('that', 'applied')).toBe('restarted');
  });
});

describe('a pause', () => {
  const pause = (reason: string): AgentEvent => ({
    ...{ kind: 'pause', pause: { reason, by: 'ada', until: null } },
  });

  test('is reported where it is new, and its end where there was one', () => {
    const paused = after(pause('x'));
    expect([
      reports(ADRIFT, pause('x')),
      reports(paused, pause('x')),
      reports(paused, pause('y')),
    ]).toEqual([['paused'], [], ['paused']]);
    const resume: AgentEvent = { kind: 'pause', pause: null };
    expect([reports(paused, resume), reports(ADRIFT, resume)]).toEqual([['resumed'], []]);
  });

  test('its end forgives: a restart, too, may be tried at once', () => {
    const given = after(repaired('rolled-back', 'restart'));
    const resumed = after({ kind: 'pause', pause: null }, given);
    expect([resumed.items.get('a')?.verdict, resumed.lastRestart]).toEqual([null, null]);
  });
});
