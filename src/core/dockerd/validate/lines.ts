/** Line and column, counted from 1, columns in characters. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds places by binary search: a file may have many findings, and a long line is cut short. The lines are looked for
 * when the first place is asked.
 */
export function linesOf(text: string): (offset: number) => LinePlace {
  let known: readonly number[] | undefined;
  return (offset) => {
    const starts = (known ??= startsOf(text));
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low] ?? 0;
    return { line: low + 1, column: charactersIn(text.slice(start, offset)) + 1 };
  };
}

function startsOf(text: string): number[] {
  const starts = [text.startsWith('\ufeff') ? 1 : 0];
  for (const pattern = /\r\n?|\n/g; pattern.test(text);) starts.push(pattern.lastIndex);
  return starts;
}

function charactersIn(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
