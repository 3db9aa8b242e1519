import type { Action, AgentEvent, StepResult } from './events.js';
import { reduce, RESUMED, said, silent } from './reduce.js';
import type { AgentState, Now } from './state.js';
import { chooseRepair, isPaused, nextRepairAt, type Repair } from './repair.js';
import type { AgentReport } from './report.js';

/** However busy the folder is, it is looked at so often. */
const LONGEST_DEBOUNCE_MS = 5_000;

/**
 * The agent's decisions: (state, event, now) to (state, actions). It never asks for a
 * scan or a repair while one is under way, so that writes by the thousand cost a scan per debounce.
 */
export function step(state: AgentState, event: AgentEvent, now: Now): StepResult {
  const reduced = reduce(state, event, now);
  const awake = endPause(reduced.state, now);
  const decided = decide(awake.state, now);
  const actions = [...reduced.actions, ...awake.actions, ...decided.actions];
  return { state: decided.state, actions };
}

/** When `step` is due again, monotonic: for a scan, or for a repair that waits its turn. All else can wait for the next tick. */
export function nextDueAt(state: AgentState, now: Now): number {
  return Math.min(nextScanAt(state), nextRepairAt(state, now));
}

function nextScanAt(state: AgentState): number {
  return state.busy === null ? Math.min(state.nextScan, dueHint(state)) : Infinity;
}

/** One thing at a time, and looking comes before repairing: what is repaired is what was seen last. */
function decide(state: AgentState, now: Now): StepResult {
  if (state.busy !== null) return silent(state);
  if (now.mono >= nextScanAt(state))
    return { state: { ...state, busy: 'scan', hint: null }, actions: [{ kind: 'scan' }] };
  const repair = state.hint === null ? chooseRepair(state, now) : null;
  return repair === null ? silent(state) : begin(state, repair);
}

/** An attempt after a failed one is not told of: the failure was. */
function begin(state: AgentState, repair: Repair): StepResult {
  const report: AgentReport = { name: 'apply-started', drift: null, reason: repair.ids.join(', ') };
  const told: Action[] = state.failures === 0 ? [{ kind: 'report', report }] : [];
  return {
    state: { ...state, busy: 'repair' },
    actions: [...told, { kind: 'repair', repair }],
  };
}

function endPause(state: AgentState, now: Now): StepResult {
  if (state.pause === null || isPaused(state, now)) return silent(state);
  return said({ ...state, pause: null }, { ...RESUMED, reason: 'the pause has run out' });
}

function dueHint({ hint, settings }: AgentState): number {
  if (hint === null) return Infinity;
  return Math.min(hint.last + settings.debounceMs, hint.first + LONGEST_DEBOUNCE_MS);
}
