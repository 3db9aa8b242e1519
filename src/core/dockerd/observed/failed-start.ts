import { causeOfFailedStart } from './cause.js';

/** The last try to start a dockerd that does not run. */
export interface FailedStart {
  /** In dockerd's own words. */
  readonly cause: string;
  /** Milliseconds since 1970, of the last line that it wrote. */
  readonly atMs: number;
}

/** What a unit's log has of it, oldest line first; null where dockerd said nothing of use. */
export function lastFailedStart(
  entries: readonly {
    readonly message: string;
    readonly invocation: string;
    readonly timeMs: number;
  }[],
): FailedStart | null {
  const last = entries.findLast(({ invocation }) => invocation !== '') ?? entries.at(-1);
  if (last === undefined) return null;
  const lines = entries.filter(({ invocation }) => invocation === last.invocation);
  const cause = causeOfFailedStart(lines.map(({ message }) => message));
  return cause === null ? null : { cause, atMs: last.timeMs };
}
