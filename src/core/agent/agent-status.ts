import type { Blind, AgentState, Now } from './state.js';
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
  /** Why a newer declaration is not in force; null where there is none. */
  readonly refused: string | null;
  /** Why it is told of no changes and finds them only by looking; null where it is told. */
  readonly degraded: string | null;
}

export type Circumstances = Omit<
  AgentStatus,
  'adrift' | 'leftAlone' | 'waiting' | 'blind' | 'outdated'
>;

export function agentStatusOf(
  state: AgentState,
  circumstances: Circumstances,
  now: Now,
): AgentStatus {
  const present = [...state.items.values()].filter((item) => item.present);
  const { length: leftAlone } = present.filter(({ verdict }) => verdict !== null);
  const waiting = waitingForRestart(state, now);
  const blind = state.blind && { since: state.blind.since, reason: state.blind.reason };
  return { ...circumstances, adrift: present.length, leftAlone, waiting, blind };
}
