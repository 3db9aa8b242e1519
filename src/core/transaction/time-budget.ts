const MOST_RESERVED_MS = 15_000;
const LEAST_MS = 1_000;
/** As long as a dockerd without containers takes to start on a busy machine. */
const LEAST_RESTORE_MS = 5_000;

/**
 * How long the activation of a change may take, of the time that the command has left: the rest is kept for a restore,
 * which shares its deadline. Milliseconds.
 */
export function activationMs(leftMs: number, timeoutMs: number): number {
  return Math.max(LEAST_MS, leftMs - Math.min(MOST_RESERVED_MS, timeoutMs * 0.3));
}

/** How long a restore may take; it is tried even where no time is left. */
export function restoreMs(leftMs: number): number {
  return Math.max(LEAST_RESTORE_MS, leftMs);
}
