/** The candidate that was probably meant: other case, other punctuation, or up to two letters off. The nearest, and of those the first. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(word);
  const limit = wanted.length < 6 ? 1 : 2;
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plainOf(candidate), limit);
    if (distance <= limit && distance < (best?.distance ?? Infinity))
      best = { candidate, distance };
  }
  return best?.candidate;
}

/** Candidates are the names of tables, asked for again and again. */
const PLAIN = new Map<string, string>();
const MOST_KEPT = 2000;

function plainOf(candidate: string): string {
  const known = PLAIN.get(candidate);
  if (known !== undefined) return known;
  const found = plain(candidate);
  if (PLAIN.size < MOST_KEPT) PLAIN.set(candidate, found);
  return found;
}

function plain(name: string): string {
  return name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Damerau–Levenshtein with adjacent transpositions; Infinity where it is beyond the limit for certain. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let [two, one, row] = [[], Array.from({ length: b.length + 1 }, (_, at) => at), []] as number[][];
  for (let at = 1; at <= a.length; at++) {
    row = [at];
    let least = at;
    for (let column = 1; column <= b.length; column++) {
      const change = a.charCodeAt(at - 1) === b.charCodeAt(column - 1) ? 0 : 1;
      const swapped =
        at > 1 &&
        column > 1 &&
        a.charCodeAt(at - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(at - 2) === b.charCodeAt(column - 1);
      const cost = Math.min(
        (one?.[column] ?? Infinity) + 1,
        (row[column - 1] ?? Infinity) + 1,
        (one?.[column - 1] ?? Infinity) + change,
        swapped ? (two?.[column - 2] ?? Infinity) + 1 : Infinity,
      );
      row.push(cost);
      least = Math.min(least, cost);
    }
    // A transposition reaches back one row more.
    if (least > limit && Math.min(...(one ?? [])) > limit) return Infinity;
    [two, one] = [one, row];
  }
  return one?.[b.length] ?? Infinity;
}
