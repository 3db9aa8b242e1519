import type { Action, AgentEvent, Step } from './events.js';
import { learn, RESUMED, said, silent } from './reduce.js';
import type { Memory, Now } from './state.js';
import { chooseRepair, isPaused, type Repair } from './repair.js';
import type { Report } from './report.js';

/** However busy the folder is, it is looked at so often. */
const LONGEST_DEBOUNCE_MS = 5_000;

/**
 * The agent's brain: what it knows and what happened, to what it knows then and what it does. It never asks for a
 * scan or a repair while one is under way, so that writes by the thousand cost a scan per debounce.
 */
export function step(memory: Memory, event: AgentEvent, now: Now): Step {
  const learned = learn(memory, event, now);
  const awake = endPause(learned.memory, now);
  const decided = decide(awake.memory, now);
  const actions = [...learned.actions, ...awake.actions, ...decided.actions];
  return { memory: decided.memory, actions };
}

/** When `step` is due again for a scan, monotonic. What else time brings about can wait for the next tick. */
export function nextScanAt(memory: Memory): number {
  return memory.busy === null ? Math.min(memory.nextScan, dueHint(memory)) : Infinity;
}

/** One thing at a time, and looking comes before mending: what is mended is what was seen last. */
function decide(memory: Memory, now: Now): Step {
  if (memory.busy !== null) return silent(memory);
  if (now.mono >= nextScanAt(memory))
    return { memory: { ...memory, busy: 'scan', hint: null }, actions: [{ kind: 'scan' }] };
  const repair = memory.hint === null ? chooseRepair(memory, now) : null;
  return repair === null ? silent(memory) : begin(memory, repair);
}

/** An attempt after a failed one is not told of: the failure was. */
function begin(memory: Memory, repair: Repair): Step {
  const report: Report = { name: 'apply-started', drift: null, reason: repair.ids.join(', ') };
  const told: Action[] = memory.failures === 0 ? [{ kind: 'report', report }] : [];
  return {
    memory: { ...memory, busy: 'repair' },
    actions: [...told, { kind: 'repair', repair }],
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
