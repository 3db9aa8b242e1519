import type { Host } from '../../host/host.js';

/** The end of something that takes several steps. */
export interface Deadline {
  /** Milliseconds, 1 at least: 0 would mean no limit to some. */
  left(): number;
  isOver(): boolean;
}

export function deadline({ clock }: Host, timeoutMs: number): Deadline {
  const end = clock.monotonic() + timeoutMs;
  return {
    left: () => Math.max(1, Math.round(end - clock.monotonic())),
    isOver: () => clock.monotonic() >= end,
  };
}
