/** How many changes can be undone. */
const KEPT = 50;

/** The generations that go, oldest first, given all that are on disk. The newest never goes: it carries the number. */
export function expired(generations: readonly number[]): number[] {
  return generations.slice(0, Math.max(0, generations.length - KEPT));
}
