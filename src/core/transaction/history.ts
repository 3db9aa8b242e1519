import { sameFingerprint } from '../plan/content.js';
import type { JournalEntry, Result } from './journal.js';

/** How many changes of each kind can be undone. */
const KEPT = 50;

/** Far above that: what lies behind so many newer ones waits to be removed, and is no history. */
export const MOST_READ = 1_000;

/** `machine`: of dockerd, its file or what is trusted here; `copies`: of certificates that were put somewhere, and the like. */
export type ChangeKind = 'machine' | 'copies';

/**
 * The generations that go, oldest first, given the numbers of all that are on disk in the same order: those that have so many newer ones of
 * their kind, so that a night's renewals do not take the way back of daemon.json. The newest never goes: it carries the number.
 * `kindOf` is asked of no more than it takes, and than MOST_READ.
 */
export function expired(
  generations: readonly number[],
  kindOf: (generation: number) => ChangeKind,
): number[] {
  if (generations.length <= KEPT) return [];
  const kept = { machine: 0, copies: 0 };
  const gone = generations.toReversed().filter((generation, index) => {
    if (index >= MOST_READ || (kept.machine >= KEPT && kept.copies >= KEPT)) return true;
    const kind = kindOf(generation);
    kept[kind] += 1;
    return kept[kind] > KEPT && index > 0;
  });
  return gone.reverse();
}

const OF_THE_MACHINE =
  /\/daemon\.json$|\/certs\.d\/|ca-certificates|\/etc\/(?:containerd|containers|buildkit|rancher|dockerctl|systemd)\//;

export function changeKind({
  activation,
  refresh,
  targets,
}: Pick<JournalEntry, 'activation' | 'refresh' | 'targets'>): ChangeKind {
  const tellsDockerd = activation.action !== 'none' || refresh.length > 0;
  return tellsDockerd || targets.some(({ path }) => OF_THE_MACHINE.test(path))
    ? 'machine'
    : 'copies';
}

/** A change of the past and the plan that it carried out. The old files lie beside it on disk. */
export interface Generation extends JournalEntry {
  readonly result: Result;
}

/** `daemon restart` leaves every file as it was: there is nothing to take back. */
export function canBeTakenBack({ result, targets }: Generation): boolean {
  return (
    result.status === 'applied' &&
    targets.some(({ before, after }) => !sameFingerprint(before, after))
  );
}

/** A line of `config history`. */
export interface HistoryLine {
  readonly generation: number;
  /** ISO 8601, UTC. */
  readonly when: string;
  readonly user: string;
  readonly commandLine: string;
  readonly status: Result['status'] | 'waiting';
  /** When it is taken back unless somebody confirms it; ISO 8601, UTC; null but for one that waits. */
  readonly until: string | null;
  /** How dockerd was told; `none` where it was not touched. */
  readonly how: string;
  readonly files: readonly string[];
  /** Why it was rolled back. */
  readonly error: string | null;
  /** Files that somebody else wrote meanwhile, and that were left as they are. */
  readonly kept: readonly string[];
  /** What was not as it should be at its end, a sentence each. */
  readonly pending: readonly string[];
}

export function historyLine(generation: Generation): HistoryLine {
  const { commandLine, user, result, targets } = generation;
  return {
    generation: generation.generation,
    when: new Date(generation.startedAt).toISOString(),
    user,
    commandLine,
    status: result.status,
    until: null,
    how: result.activated?.how ?? 'none',
    files: targets.map(({ path }) => path),
    error: result.error,
    kept: listOf(result.kept),
    pending: listOf(result.pending),
  };
}

/** The change that waits for `dockerctl confirm`, if this is one. */
export function waitingLine({ result, ...entry }: JournalEntry): HistoryLine | null {
  if (entry.state !== 'awaiting' || entry.deadline === null || result === null) return null;
  const until = new Date(entry.deadline.at).toISOString();
  return { ...historyLine({ ...entry, result }), status: 'waiting', until };
}

/** What lies on disk may be of an older dockerctl. */
function listOf(list: readonly string[] | undefined): readonly string[] {
  return list ?? [];
}
