import type { Memory } from './memory.js';

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
  /** Why a newer declaration is not in force; null where there is none. */
  readonly refused: string | null;
  /** Why it is told of no changes and finds them only by looking; null where it is told. */
  readonly degraded: string | null;
}

export type Circumstances = Omit<Standing, 'adrift' | 'leftAlone'>;

export function standingOf({ items }: Memory, circumstances: Circumstances): Standing {
  const present = [...items.values()].filter((item) => item.present);
  const { length: leftAlone } = present.filter(({ verdict }) => verdict !== null);
  return { ...circumstances, adrift: present.length, leftAlone };
}
