/** The same numbers for the same seed (mulberry32). */
export interface Random {
  /** From 0 up to, but not, 1. */
  next(): number;
  below(limit: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Up to `most` of them, also one twice. */
  some<Item>(items: readonly Item[], most: number): Item[];
  /** One of the thunks, called. */
  call<Item>(...thunks: readonly (() => Item)[]): Item;
  bytes(count: number): Buffer;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
  return {
    next,
    below,
    pick,
    chance: (probability) => next() < probability,
    some: (items, most) => Array.from({ length: below(most + 1) }, () => pick(items)),
    call: (...thunks) => pick(thunks)(),
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}
