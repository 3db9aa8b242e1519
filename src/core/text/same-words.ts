/**
 * The candidates of the same words: in another order, shortened (`min` for `minimum`), in the plural, without a `default-` or with an
 * `enable-` before it; where there is none, those that the first words and more than half of the letters are the same of.
 */
export function sameWords(name: string, candidates: Iterable<string>): readonly string[] {
  const wanted = wordsOf(name.slice(0, 64));
  if (wanted.length === 0 || wanted.length > MOST_WORDS) return [];
  const whole: string[] = [];
  const part: string[] = [];
  for (const candidate of candidates) {
    const words = wordsOfCandidate(candidate);
    const [fewer, more] = words.length < wanted.length ? [words, wanted] : [wanted, words];
    if (!fewer.every((word) => more.some((one) => isSameWord(word, one)))) continue;
    if (fewer.length === more.length) whole.push(candidate);
    else if (fewer[0] === more[0] && lengthOf(fewer) * 2 > lengthOf(more)) part.push(candidate);
  }
  return whole.length > 0 ? whole : part;
}

const MOST_WORDS = 8;

/** Candidates are the names of tables, asked for again and again. */
const KNOWN = new Map<string, readonly string[]>();
const MOST_KEPT = 2000;

function wordsOfCandidate(candidate: string): readonly string[] {
  const known = KNOWN.get(candidate);
  if (known !== undefined) return known;
  const words = wordsOf(candidate);
  if (KNOWN.size < MOST_KEPT) KNOWN.set(candidate, words);
  return words;
}

/** Words that a name may have more or less of, and means the same. */
const FILLERS: ReadonlySet<string> = new Set([
  ...['default', 'docker', 'dockerd', 'daemon', 'enable', 'enabled', 'use', 'set', 'the'],
]);

function wordsOf(name: string): readonly string[] {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !FILLERS.has(word));
  return (telling.length === 0 ? words : telling).map((word) => word.replace(/(?:ie)?s$/, ''));
}

function lengthOf(words: readonly string[]): number {
  return words.join('').length;
}

/** The same, or one short for the other. */
function isSameWord(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short === long || (short.length >= 3 && long.startsWith(short));
}
