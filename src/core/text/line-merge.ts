/** Lines of the ancestor that one side has exchanged: [start, end), and what stands there instead. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/** Far above any file that people edit: what is between grows with the square. */
const LONGEST = 256 * 1024;

/**
 * What two sides made of one text, in one (diff3): each keeps its lines where the other left the ancestor's. Line ends are
 * part of the lines. null where both changed the same place, or a text is too long.
 */
export function mergeLines(ancestor: string, one: string, other: string): string | null {
  if ([ancestor, one, other].some((text) => text.length > LONGEST)) return null;
  const lines = linesOf(ancestor);
  const mine = regionsOf(lines, linesOf(one));
  const theirs = regionsOf(lines, linesOf(other));
  if (mine.some((a) => theirs.some((b) => collide(a, b)))) return null;
  const all = [...mine, ...theirs].sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  let merged = '';
  for (const { start, end, lines: instead } of all) {
    merged += lines.slice(at, start).join('') + instead.join('');
    at = end;
  }
  return merged + lines.slice(at).join('');
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

/** By the longest common subsequence of what is left between a common beginning and end. */
function regionsOf(from: readonly string[], to: readonly string[]): Region[] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1;
  let [end, last] = [from.length, to.length];
  while (end > start && last > start && from[end - 1] === to[last - 1])
    [end, last] = [end - 1, last - 1];
  const common = commonLengths(from.slice(start, end), to.slice(start, last));
  const regions: Region[] = [];
  let [i, j] = [start, start];
  let open: Region | null = null;
  while (i < end || j < last) {
    if (i < end && j < last && from[i] === to[j]) {
      if (open !== null) regions.push(open);
      [open, i, j] = [null, i + 1, j + 1];
      continue;
    }
    const drop = common[i - start]?.[j - start + 1] ?? 0;
    const take = common[i - start + 1]?.[j - start] ?? 0;
    const removes: boolean = j >= last || (i < end && take >= drop);
    const known: Region = open ?? { start: i, end: i, lines: [] };
    open = removes ? { ...known, end: i + 1 } : { ...known, lines: [...known.lines, to[j] ?? ''] };
    if (removes) i += 1;
    else j += 1;
  }
  return open === null ? regions : [...regions, open];
}

/** How long the longest common subsequence is from each pair of places on. */
function commonLengths(from: readonly string[], to: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1));
  for (let i = from.length - 1; i >= 0; i -= 1)
    for (let j = to.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      const below = table[i + 1];
      if (row === undefined || below === undefined) continue;
      row[j] =
        from[i] === to[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return table;
}

/** Two insertions at one place have no order of their own. */
function collide(a: Region, b: Region): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}
