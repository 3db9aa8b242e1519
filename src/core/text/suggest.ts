/** The candidate that was probably meant: other case, other punctuation, or up to two letters off. The nearest, and of those the first. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(word);
  const limit = wanted.length < 6 ? 1 : 2;
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  const letters = lettersOf(wanted);
  for (const candidate of candidates) {
    const known = plainOf(candidate);
    if (Math.abs(known.plain.length - wanted.length) > limit) continue;
    if (count(letters & ~known.letters) > limit || count(known.letters & ~letters) > limit)
      continue;
    const distance = editDistance(wanted, known.plain, limit);
    if (distance <= limit && distance < (best?.distance ?? Infinity))
      best = { candidate, distance };
  }
  return best?.candidate;
}

/** Candidates are the names of tables, asked for again and again. */
const PLAIN = new Map<string, Candidate>();
const MOST_KEPT = 2000;

interface Candidate {
  readonly plain: string;
  readonly letters: number;
}

function plainOf(candidate: string): Candidate {
  const known = PLAIN.get(candidate);
  if (known !== undefined) return known;
  const text = plain(candidate);
  const found = { plain: text, letters: lettersOf(text) };
  if (PLAIN.size < MOST_KEPT) PLAIN.set(candidate, found);
  return found;
}

/** Which letters there are, a bit each, digits together: a letter that one word lacks takes an edit each, and counting costs less. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    letters |= code < A ? DIGIT : 1 << (code - A);
  }
  return letters;
}

const A = 0x61;
const DIGIT = 1 << 26;

function count(bits: number): number {
  let left = bits;
  let ones = 0;
  for (; left !== 0; left &= left - 1) ones += 1;
  return ones;
}

function plain(name: string): string {
  return name
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Damerau–Levenshtein with adjacent transpositions; Infinity where it is beyond the limit for certain. */
function editDistance(a: string, b: string, limit: number): number {
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
