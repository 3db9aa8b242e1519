/** How many lines a part of a screen has, findings, and a list that was asked for. */
export const MOST_ON_SCREEN = 20;
export const MOST_FINDINGS = 100;
export const MOST_LISTED = 1_000;

/** The first lines for people, and how many more there are. */
export function cut(lines: readonly string[], most: number): readonly string[] {
  const more = lines.length - most;
  return more <= 0 ? lines : [...lines.slice(0, most), andMore(more)];
}

export function andMore(count: number): string {
  return `… and ${count} more; with --json all of them`;
}
