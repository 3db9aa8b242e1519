import type { ActivationAction } from '../plan.js';
import type { Drift } from './drift.js';
import { DOUBT_MS, type Items, noteDrifts } from './items.js';
import type { Item, Memory, Now, Pause, Settings } from './memory.js';
import { backoffMs, chooseRepair, isPaused, type Repair } from './repair.js';
import type { Report } from './report.js';

/** What the agent learns. */
export type AgentEvent =
  /** A file changed, docker said something, the sweep saw a difference. `fingerprint`: the watched files now. */
  | { readonly kind: 'hint'; readonly fingerprint: string | null }
  | { readonly kind: 'tick' }
  /** `fingerprint`: the watched files before the scan read them. */
  | { readonly kind: 'scanned'; readonly drifts: readonly Drift[]; readonly fingerprint: string }
  | { readonly kind: 'scan-failed'; readonly reason: string }
  | { readonly kind: 'repaired'; readonly repair: Repair; readonly result: RepairResult }
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'pause'; readonly pause: Pause | null };

export interface RepairResult {
  /** `refused`: nothing was tried, and would not be another time. `failed`: nothing was changed, worth another try. */
  readonly status: 'applied' | 'rolled-back' | 'rollback-failed' | 'refused' | 'failed';
  readonly action: ActivationAction;
  readonly reason: string;
}

/** What the agent does about it. */
export type Action =
  | { readonly kind: 'scan' }
  | { readonly kind: 'repair'; readonly repair: Repair }
  | { readonly kind: 'report'; readonly report: Report };

export interface Step {
  readonly memory: Memory;
  readonly actions: readonly Action[];
}

/** However busy the folder is, it is looked at so often. */
const LONGEST_DEBOUNCE_MS = 5_000;
/** How soon a doubtful thing is looked at again. */
const DOUBT_SCAN_MS = 1_000;

/**
 * The agent's brain: what it knows and what happened, to what it knows then and what it does. It never asks for a
 * scan or a repair while one is under way, so that writes by the thousand cost a scan per debounce.
 */
export function step(memory: Memory, event: AgentEvent, now: Now): Step {
  const noted = note(memory, event, now);
  return decide(noted, now);
}

/** When `step` is due again for a scan, monotonic. What else time brings about can wait for the next tick. */
export function nextScanAt(memory: Memory): number {
  return memory.busy === null ? Math.min(memory.nextScan, dueHint(memory)) : Infinity;
}

function note(memory: Memory, event: AgentEvent, now: Now): Step {
  switch (event.kind) {
    case 'tick':
      return silent(memory);
    case 'hint':
      return silent(noteHint(memory, event.fingerprint, now));
    case 'scanned':
      return noteScan(memory, event, now);
    case 'scan-failed':
      return noteFailedScan(memory, event.reason, now);
    case 'repaired':
      return noteRepair(memory, event, now);
    case 'settings':
      return silent(noteSettings(memory, event.settings, now));
    case 'pause':
      return notePause(memory, event.pause, now);
  }
}

function silent(memory: Memory): Step {
  return { memory, actions: [] };
}

/** What is in order is forgotten, verdicts included: another declaration may not even name it. */
function noteSettings(memory: Memory, settings: Settings, now: Now): Memory {
  const items = new Map([...memory.items].filter(([, { present }]) => present));
  return { ...memory, settings, items, nextScan: now.mono };
}

/** Our own writes, and touches that change nothing, leave the fingerprint as the last scan saw it. */
function noteHint(memory: Memory, fingerprint: string | null, now: Now): Memory {
  if (fingerprint !== null && fingerprint === memory.fingerprint && memory.busy === null)
    return memory;
  return { ...memory, hint: { first: memory.hint?.first ?? now.mono, last: now.mono } };
}

function noteScan(
  memory: Memory,
  { drifts, fingerprint }: Extract<AgentEvent, { kind: 'scanned' }>,
  now: Now,
): Step {
  const { items, reports } = noteDrifts(memory.items, drifts, now);
  const scanMs = memory.settings.scanMs * (0.9 + 0.2 * now.random);
  const nextScan = now.mono + (isInDoubt(items, now) ? DOUBT_SCAN_MS : scanMs);
  return {
    memory: { ...memory, items, fingerprint, nextScan, busy: null, blind: 0 },
    actions: reports.map((report) => ({ kind: 'report', report })),
  };
}

function isInDoubt(items: Items, now: Now): boolean {
  return [...items.values()].some(
    ({ drift, present, since }) => present && drift.doubtful && now.mono - since < DOUBT_MS,
  );
}

function noteFailedScan(memory: Memory, reason: string, now: Now): Step {
  const blind = memory.blind + 1;
  const report: Report = { name: 'scan-failed', drift: null, reason };
  return {
    memory: { ...memory, busy: null, blind, nextScan: now.mono + backoffMs(blind) },
    actions: blind === 1 ? [{ kind: 'report', report }] : [],
  };
}

function noteRepair(
  memory: Memory,
  { repair, result }: Extract<AgentEvent, { kind: 'repaired' }>,
  now: Now,
): Step {
  const tried = new Set(repair.ids);
  const items = new Map(
    [...memory.items].map(([id, item]) => [id, tried.has(id) ? judge(item, result, now) : item]),
  );
  const failed = result.status === 'failed';
  const failures = failed ? memory.failures + 1 : 0;
  const first = [...tried].map((id) => items.get(id)?.drift).find((drift) => drift !== undefined);
  const report: Report = {
    name: REPORT_OF[result.status],
    drift: first ?? null,
    reason: result.reason,
  };
  const restarted = result.action === 'restart' && !failed && result.status !== 'refused';
  return {
    memory: {
      ...memory,
      items,
      busy: null,
      failures,
      notBefore: failed ? now.mono + backoffMs(failures) : 0,
      nextScan: now.mono,
      lastRestart: restarted ? now.mono : memory.lastRestart,
    },
    actions: failed && memory.failures > 0 ? [] : [{ kind: 'report', report }],
  };
}

const REPORT_OF = {
  applied: 'apply-committed',
  'rolled-back': 'rolled-back',
  'rollback-failed': 'rollback-failed',
  refused: 'apply-failed',
  failed: 'apply-failed',
} as const;

/** What dockerd refused, and what it was restarted for, is not tried again until something else is declared. */
function judge(item: Item, { status, action }: RepairResult, now: Now): Item {
  if (status === 'failed') return item;
  if (status === 'applied' && action !== 'restart')
    return { ...item, repairs: [...item.repairs, now.mono] };
  return { ...item, verdict: { kind: 'given-up', wanted: item.drift.wanted } };
}

/** No pause is also what `dockerctl resume` says: it forgives, and what was given up is tried again. */
function notePause(memory: Memory, pause: Pause | null, now: Now): Step {
  const was = isPaused(memory, now) ? memory.pause : null;
  if (pause === null) {
    const forgiving: Memory = { ...memory, pause: null, items: forgiven(memory.items) };
    return was === null ? silent(forgiving) : said(forgiving, RESUMED);
  }
  if (JSON.stringify(pause) === JSON.stringify(was)) return silent(memory);
  const reason = `by ${pause.by}: ${pause.reason}`;
  return said({ ...memory, pause }, { name: 'paused', drift: null, reason });
}

const RESUMED: Report = { name: 'resumed', drift: null, reason: 'repairs go on' };

function said(memory: Memory, report: Report): Step {
  return { memory, actions: [{ kind: 'report', report }] };
}

function forgiven(items: Items): Items {
  return new Map(
    [...items].map(([id, item]) => [id, { ...item, verdict: null, repairs: [], reports: [] }]),
  );
}

function decide({ memory, actions }: Step, now: Now): Step {
  const { memory: awake, actions: ended } = endPause(memory, now);
  const all = [...actions, ...ended];
  if (awake.busy !== null) return { memory: awake, actions: all };
  if (now.mono >= nextScanAt(awake)) {
    const scanning: Memory = { ...awake, busy: 'scan', hint: null };
    return { memory: scanning, actions: [...all, { kind: 'scan' }] };
  }
  if (awake.hint !== null) return { memory: awake, actions: all };
  const repair = chooseRepair(awake, now);
  if (repair === null) return { memory: awake, actions: all };
  const report: Report = { name: 'apply-started', drift: null, reason: repair.ids.join(', ') };
  return {
    memory: { ...awake, busy: 'repair' },
    actions: [...all, { kind: 'report', report }, { kind: 'repair', repair }],
  };
}

function endPause(memory: Memory, now: Now): Step {
  if (memory.pause === null || isPaused(memory, now)) return silent(memory);
  return said({ ...memory, pause: null }, { ...RESUMED, reason: 'the pause has run out' });
}

function dueHint({ hint, settings }: Memory): number {
  if (hint === null) return Infinity;
  return Math.min(hint.last + settings.debounceMs, hint.first + LONGEST_DEBOUNCE_MS);
}
