import { redactText } from '../text/redact.js';
import type { Blind, AgentState, Failing, Now } from './state.js';
import { waitingForRestart } from './repair.js';

/** The status that the agent publishes of itself. Plain data; times in milliseconds since 1970. */
export interface AgentStatus {
  readonly pid: number;
  readonly version: string;
  /** The SHA-256 of the program that it is, lower-case hex; null where that could not be read, left out by an older agent. */
  readonly program?: string | null;
  /** Told by who reads this: another program is installed by now than the one that it runs. */
  readonly outdated?: boolean;
  /** The last complete scan; null before the first. */
  readonly lastScan: number | null;
  /** Things that are not as declared. */
  readonly adrift: number;
  /** Those of them that it does not repair any more: somebody else manages them too, or dockerd refused them. */
  readonly leftAlone: number;
  /** Those of them that wait until dockerd may be restarted. */
  readonly waiting: number;
  /** Since when it cannot look, and why: what is adrift is as it was before. null: it can. */
  readonly blind: Omit<Blind, 'scans'> | null;
  /** Since when repairs of what is adrift fail, and why the last one did; null: none does; left out by an older agent. */
  readonly failing?: Omit<Failing, 'ids'> | null;
  /** Why a newer declaration is not in force; null where there is none. */
  readonly refused: string | null;
  /** Why it is told of no changes and finds them only by looking; null where it is told. */
  readonly degraded: string | null;
}

export type AgentObstacles = Omit<
  AgentStatus,
  'adrift' | 'leftAlone' | 'waiting' | 'blind' | 'failing' | 'outdated'
>;

export function agentStatusOf(
  state: AgentState,
  circumstances: AgentObstacles,
  now: Now,
): AgentStatus {
  const present = [...state.items.values()].filter((item) => item.present);
  const { length: leftAlone } = present.filter(({ verdict }) => verdict !== null);
  const waiting = waitingForRestart(state, now);
  const blind = state.blind && { since: state.blind.since, reason: redactText(state.blind.reason) };
  const failing = state.failing && {
    since: state.failing.since,
    reason: redactText(state.failing.reason),
  };
  return { ...circumstances, adrift: present.length, leftAlone, waiting, blind, failing };
}

/** What keeps the agent from its work, since when and why; null: nothing, or none runs. */
export function agentTrouble(status: AgentStatus | null): AgentTrouble | null {
  if (status === null) return null;
  if (status.blind) return { what: 'look', ...status.blind };
  return status.failing ? { what: 'repair', ...status.failing } : null;
}

/** In a line of a screen, before `since`. */
export const TROUBLES = { look: 'cannot look', repair: 'repairs fail' } as const;

export interface AgentTrouble {
  readonly what: keyof typeof TROUBLES;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly reason: string;
}
