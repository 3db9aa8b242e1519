/** A seeded source of choices: the same seed gives the same walk. */
export function randomOf(seed) {
  let state = seed >>> 0 || 1;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    /** Of rows with a `weight` (default 1). */
    weighted: (rows) => {
      const total = rows.reduce((sum, { weight = 1 }) => sum + weight, 0);
      let left = next() * total;
      return rows.find(({ weight = 1 }) => (left -= weight) < 0) ?? rows.at(-1);
    },
  };
}
