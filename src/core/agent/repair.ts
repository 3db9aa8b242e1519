import { FIGHT_REPAIRS } from './items.js';
import type { Item, AgentState, Now } from './state.js';
import { isAllowed, isDenied } from '../declaration/window.js';

/** The first repair is done at once; each one that somebody undid makes the next wait three times longer. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
/** Never two restarts within this time: the third within a minute would leave docker dead (StartLimitBurst=3). */
export const RESTART_GAP_MS = 600_000;
/** The title of the plans that the agent carries out: by it the one after it knows them in history. */
export const REPAIR_TITLE = 'watch: repair drift';

/** How long to wait after `count` attempts: 0 s, 2 s, 6 s, 18 s … 300 s. */
export function backoffMs(count: number): number {
  return count === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 3 ** (count - 1));
}

export interface Repair {
  readonly ids: readonly string[];
  readonly restart: boolean;
}

/**
 * What may be repaired now, or null. What asks for less of dockerd goes first and alone: it must not share the fate of a
 * reload that is refused or a restart that fails.
 */
export function chooseRepair(state: AgentState, now: Now): Repair | null {
  if (now.mono < state.notBefore) return null;
  const open = [...state.items.values()].filter((item) => isOpen(item, state, now));
  if (open.length === 0 || !mayRepair(state, now)) return null;
  const idsOf = (items: readonly Item[]) => items.map(({ drift }) => drift.id);
  for (const action of ['none', 'reload']) {
    const gentle = open.filter(({ drift }) => drift.action === action);
    if (gentle.length > 0) return { ids: idsOf(gentle), restart: false };
  }
  return mayRestart(state, now) ? { ids: idsOf(open), restart: true } : null;
}

/** When a repair that only has to wait for its turn after earlier attempts is due, monotonic; Infinity where none is. */
export function nextRepairAt(state: AgentState, now: Now): number {
  if (state.busy !== null || !mayRepair(state, now)) return Infinity;
  const restarts = mayRestart(state, now);
  const due = [...state.items.values()]
    .filter((item) => isRepairable(item, state) && (item.drift.action !== 'restart' || restarts))
    .map((item) => Math.max(turnOf(item), state.notBefore));
  return Math.min(...due.filter((time) => time > now.mono), Infinity);
}

/** How many things wait for a restart of dockerd that the declaration, or the last one, does not allow now. */
export function waitingForRestart(state: AgentState, now: Now): number {
  if (mayRestart(state, now)) return 0;
  const open = [...state.items.values()].filter((item) => isOpen(item, state, now));
  return open.filter(({ drift }) => drift.action === 'restart').length;
}

/** Neither a pause nor a window forbids it. */
export function mayRepair(state: AgentState, now: Now): boolean {
  return !isPaused(state, now) && !isDenied(state.settings.calendar, now.wall);
}

export function isPaused({ pause }: AgentState, now: Now): boolean {
  return pause !== null && (pause.until === null || now.wall < pause.until);
}

function isOpen(item: Item, state: AgentState, now: Now): boolean {
  return isRepairable(item, state) && now.mono >= turnOf(item);
}

function isRepairable(item: Item, { settings }: AgentState): boolean {
  const { drift, present, settled, verdict, repairs } = item;
  return (
    present &&
    settled &&
    settings.policy[drift.scope] === 'repair' &&
    !drift.beyondRepair &&
    verdict === null &&
    repairs.length < FIGHT_REPAIRS
  );
}

/** When it may be repaired after the repairs of it that somebody undid. */
function turnOf({ repairs }: Item): number {
  return (repairs.at(-1) ?? -Infinity) + backoffMs(repairs.length);
}

function mayRestart({ settings, lastRestart }: AgentState, now: Now): boolean {
  if (lastRestart !== null && now.mono - lastRestart < RESTART_GAP_MS) return false;
  if (settings.restart === 'window') return isAllowed(settings.calendar, now.wall);
  return settings.restart === 'always';
}
