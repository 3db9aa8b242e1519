import type { Memory, Now } from './memory.js';
import { waitingForRestart } from './repair.js';

/** What the agent lets whoever asks know of itself. Plain data; times in milliseconds since 1970. */
export interface Standing {
  readonly pid: number;
  readonly version: string;
  /** The last complete scan; null before the first. */
  readonly lastScan: number | null;
  /** Things that are not as declared. */
  readonly adrift: number;
  /** Those of them that it does not repair any more: somebody else manages them too, or dockerd refused them. */
  readonly leftAlone: number;
  /** Those of them that wait until dockerd may be restarted. */
  readonly waiting: number;
  /** Why a newer declaration is not in force; null where there is none. */
  readonly refused: string | null;
  /** Why it is told of no changes and finds them only by looking; null where it is told. */
  readonly degraded: string | null;
}

export type Circumstances = Omit<Standing, 'adrift' | 'leftAlone' | 'waiting'>;

export function standingOf(memory: Memory, circumstances: Circumstances, now: Now): Standing {
  const present = [...memory.items.values()].filter((item) => item.present);
  const { length: leftAlone } = present.filter(({ verdict }) => verdict !== null);
  const waiting = waitingForRestart(memory, now);
  return { ...circumstances, adrift: present.length, leftAlone, waiting };
}
