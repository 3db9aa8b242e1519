/** Characters of both texts together from which a diff is made by their common ends alone. */
export const LARGE = 200_000;
const CONTEXT = 3;
const MOST_LINES = 500;
const LONGEST_LINE = 2_000;

/**
 * One hunk of a unified diff: what differs between the lines that both texts begin and end with. In time proportional to
 * the texts; of many lines the first ones, and how many more there are; of long lines the beginning.
 */
export function largeDiff([old, wanted]: readonly [string, string]): string {
  const [a, b] = [linesIn(old), linesIn(wanted)];
  const same = (at: number, other: number): boolean => a[at] === b[other];
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && same(head, head)) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(a.length - 1 - tail, b.length - 1 - tail)) tail += 1;
  const start = Math.max(0, head - CONTEXT);
  const after = Math.min(tail, CONTEXT);
  const removed = a.slice(head, a.length - tail);
  const added = b.slice(head, b.length - tail);
  const around = head - start + after;
  return [
    `@@ -${start + Number(a.length > 0)},${removed.length + around} +${start + Number(b.length > 0)},${added.length + around} @@`,
    ...marked(' ', a.slice(start, head)),
    ...marked('-', removed),
    ...marked('+', added),
    ...marked(' ', a.slice(a.length - tail, a.length - tail + after)),
  ]
    .map((line) => (line.endsWith('\n') ? line : `${line}\n`))
    .join('');
}

/** Each with its end, where it has one. */
function linesIn(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function marked(mark: string, lines: readonly string[]): string[] {
  const more = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, MOST_LINES).map((line) => `${mark}${shortened(line)}`),
    ...(more > 0 ? [`${mark}… and ${more} more lines\n`] : []),
  ];
}

function shortened(line: string): string {
  const whole = line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file`;
  return line.length <= LONGEST_LINE
    ? whole
    : `${line.slice(0, LONGEST_LINE)}… and ${line.length - LONGEST_LINE} more characters\n`;
}
