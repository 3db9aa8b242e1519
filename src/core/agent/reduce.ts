import type { AgentEvent, RepairResult, Scanned, StepResult } from './events.js';
import { DOUBT_MS, type Items, noteDrifts } from './items.js';
import type { Failing, Item, AgentState, Now, Pause, Settings } from './state.js';
import { backoffMs, isPaused } from './repair.js';
import { boundedReports } from './bounded-reports.js';
import type { AgentReport } from './report.js';

/** How soon a doubtful thing is looked at again. */
const DOUBT_SCAN_MS = 1_000;

/** The state after an event, and what to report of it. Nothing is decided here: see `step`. */
export function reduce(state: AgentState, event: AgentEvent, now: Now): StepResult {
  switch (event.kind) {
    case 'tick':
      return silent(state);
    case 'hint':
      return silent(reduceHint(state, event.fingerprint, now));
    case 'scanned':
      return reduceScan(state, event, now);
    case 'scan-failed':
      return reduceFailedScan(state, event.reason, now);
    case 'repaired':
      return reduceRepair(state, event, now);
    case 'settings':
      return silent(reduceSettings(state, event.settings, now));
    case 'pause':
      return reducePause(state, event.pause, now);
  }
}

export function silent(state: AgentState): StepResult {
  return { state, actions: [] };
}

/**
 * What is in order is forgotten, verdicts included: another declaration may not even name it. What was refused is tried
 * again: it may have been for what was declared beside it.
 */
function reduceSettings(state: AgentState, settings: Settings, now: Now): AgentState {
  const same = settings.declared === state.settings.declared;
  const present = [...state.items].filter(([, item]) => item.present);
  const items = new Map(present.map(([id, item]) => [id, same ? item : withoutRefusal(item)]));
  return { ...state, settings, items, nextScan: now.mono };
}

function withoutRefusal(item: Item): Item {
  return item.verdict?.kind === 'refused' ? { ...item, verdict: null } : item;
}

/** Our own writes, and touches that change nothing, leave the fingerprint as the last scan saw it. */
function reduceHint(state: AgentState, fingerprint: string | null, now: Now): AgentState {
  if (fingerprint !== null && fingerprint === state.fingerprint && state.busy === null)
    return state;
  return { ...state, hint: { first: state.hint?.first ?? now.mono, last: now.mono } };
}

function reduceScan(
  state: AgentState,
  { drifts, fingerprint, answered }: Scanned,
  now: Now,
): StepResult {
  const { items, reports } = noteDrifts(state.items, drifts, now);
  const unanswered = answered ? 0 : state.unanswered + 1;
  const waits = [
    state.settings.scanMs * (0.9 + 0.2 * now.random),
    ...(isInDoubt(items, now) ? [DOUBT_SCAN_MS] : []),
    // Nobody tells when a dockerd that was down, or starting, can be asked again.
    ...(answered ? [] : [backoffMs(unanswered)]),
  ];
  const nextScan = now.mono + Math.min(...waits);
  return {
    state: {
      ...state,
      items,
      fingerprint,
      nextScan,
      busy: null,
      blind: null,
      unanswered,
      failing: stillFailing(state.failing, (id) => items.get(id)?.present === true),
    },
    actions: boundedReports(reports).map((report) => ({ kind: 'report', report })),
  };
}

/** What is in order, by whom ever, fails no more. */
function stillFailing(failing: Failing | null, isOpen: (id: string) => boolean): Failing | null {
  return failing !== null && [...failing.ids].some(isOpen) ? failing : null;
}

function isInDoubt(items: Items, now: Now): boolean {
  return [...items.values()].some(
    ({ drift, present, since }) => present && drift.doubtful && now.mono - since < DOUBT_MS,
  );
}

function reduceFailedScan(state: AgentState, reason: string, now: Now): StepResult {
  const { since, scans } = state.blind ?? { since: now.wall, scans: 0 };
  const blind = { since, reason, scans: scans + 1 };
  const report: AgentReport = { name: 'scan-failed', drift: null, reason };
  return {
    state: { ...state, busy: null, blind, nextScan: now.mono + backoffMs(blind.scans) },
    actions: scans === 0 ? [{ kind: 'report', report }] : [],
  };
}

function reduceRepair(
  state: AgentState,
  { repair, result }: Extract<AgentEvent, { kind: 'repaired' }>,
  now: Now,
): StepResult {
  const tried = new Set(repair.ids);
  const items = new Map(
    [...state.items].map(([id, item]) => [id, tried.has(id) ? judge(item, result, now) : item]),
  );
  const failed = result.status === 'failed';
  const failures = failed ? state.failures + 1 : 0;
  const first = [...tried].map((id) => items.get(id)?.drift).find((drift) => drift !== undefined);
  const report: AgentReport = {
    name: REPORT_OF[result.status],
    drift: first ?? null,
    reason: result.reason,
  };
  const done = result.status === 'applied' || result.status === 'contested';
  const failing = done
    ? stillFailing(state.failing, (id) => !tried.has(id))
    : {
        since: state.failing?.since ?? now.wall,
        reason: result.reason,
        ids: new Set([...(state.failing?.ids ?? []), ...tried]),
      };
  const restarted = result.action === 'restart' && !failed && result.status !== 'refused';
  return {
    state: {
      ...state,
      items,
      busy: null,
      failures,
      failing,
      notBefore: failed ? now.mono + backoffMs(failures) : 0,
      nextScan: now.mono,
      lastRestart: restarted ? now.mono : state.lastRestart,
    },
    actions: failed && state.failures > 0 ? [] : [{ kind: 'report', report }],
  };
}

const REPORT_OF = {
  applied: 'apply-committed',
  contested: 'apply-failed',
  'rolled-back': 'rolled-back',
  'rollback-failed': 'rollback-failed',
  refused: 'apply-failed',
  failed: 'apply-failed',
} as const;

/** What dockerd refused, and what it was restarted for, is not tried again until something else is declared. What is undone at once was a repair. */
function judge(item: Item, { status, action }: RepairResult, now: Now): Item {
  if (status === 'failed') return item;
  if ((status === 'applied' || status === 'contested') && action !== 'restart')
    return { ...item, repairs: [...item.repairs, now.mono] };
  const kind = status === 'applied' || status === 'contested' ? 'restarted' : 'refused';
  return { ...item, verdict: { kind, wanted: item.drift.wanted } };
}

/** No pause is also what `dockerctl resume` says: it forgives, and what was given up is tried again, by a restart too. */
function reducePause(state: AgentState, pause: Pause | null, now: Now): StepResult {
  const was = isPaused(state, now) ? state.pause : null;
  if (pause === null) {
    const items = forgiven(state.items);
    const forgiving: AgentState = { ...state, pause: null, items, lastRestart: null };
    return was === null ? silent(forgiving) : said(forgiving, RESUMED);
  }
  if (JSON.stringify(pause) === JSON.stringify(was)) return silent(state);
  const reason = `by ${pause.by}: ${pause.reason}`;
  return said({ ...state, pause }, { name: 'paused', drift: null, reason });
}

export const RESUMED: AgentReport = { name: 'resumed', drift: null, reason: 'repairs go on' };

export function said(state: AgentState, report: AgentReport): StepResult {
  return { state, actions: [{ kind: 'report', report }] };
}

function forgiven(items: Items): Items {
  return new Map(
    [...items].map(([id, item]) => [id, { ...item, verdict: null, repairs: [], reports: [] }]),
  );
}
