/** Deeper than any configuration; what walks a value calls itself once a level, and the stack is not endless. */
const MOST_LEVELS = 200;

/** Whether a parsed value has more levels than we walk. In a loop, for it must not fall into its own trap. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= MOST_LEVELS; depth += 1) {
    level = level.filter((one) => typeof one === 'object' && one !== null);
    if (level.length === 0) return false;
    level = level.flatMap((one) => Object.values(one as object) as unknown[]);
  }
  return true;
}
