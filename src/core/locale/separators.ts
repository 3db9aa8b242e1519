/** One place where a text can be divided. */
export interface Cut {
  readonly left: string;
  readonly right: string;
  /** What stands between the two, and what behind the right one. */
  readonly between: string;
  readonly behind: string;
  readonly kind: Kind;
}

type Kind =
  'columns' | 'sentence' | 'semicolon' | 'colon' | 'code' | 'bracket' | 'comma' | 'and' | 'or';

/** In the order in which they divide: what comes first binds least. */
const KINDS: readonly (readonly [Kind, RegExp])[] = [
  ['columns', / {2,}/gu],
  ['sentence', /(?<=[.?!]) (?=[A-Z`"(\d/])/gu],
  ['semicolon', /; /gu],
  ['code', / (?=\[[a-z0-9-]+\]$)/gu],
  ['colon', /: /gu],
  ['bracket', / \(/gu],
  ['comma', /, /gu],
  ['and', / and /gu],
  ['or', / or /gu],
];

/** Every way to divide a text in two, by kind; what stands in quotes or backquotes is not divided. At most so many of a kind. */
export function cutsOf(text: string): readonly (readonly Cut[])[] {
  const quoted = quotedIn(text);
  return KINDS.map(([kind, pattern]) => {
    const cuts: Cut[] = [];
    for (const { index, 0: between } of text.matchAll(pattern)) {
      if (cuts.length === MOST_CUTS) break;
      if (quoted.some(([from, to]) => index > from && index < to)) continue;
      const closed =
        kind === 'bracket' && text.endsWith(')') && balanced(text.slice(index + 2, -1));
      if (kind === 'bracket' && !closed) continue;
      cuts.push({
        left: text.slice(0, index),
        right: text.slice(index + between.length, closed ? -1 : undefined),
        between,
        behind: closed ? ')' : '',
        kind,
      });
    }
    return cuts;
  });
}

const MOST_CUTS = 12;

/** No bracket is closed in it that it did not open, and none stays open. */
function balanced(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[()]/gu)) {
    depth += sign === '(' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function quotedIn(text: string): (readonly [number, number])[] {
  return [...text.matchAll(/`[^`]*`|"[^"]*"/gu)].map(({ index, 0: whole }) => [
    index,
    index + whole.length,
  ]);
}

const WIDE_SIGNS: Readonly<Partial<Record<Kind, string>>> = {
  semicolon: '；',
  colon: '：',
  comma: '，',
  and: ' 和 ',
  or: ' 或 ',
};

const HAN = /[\u4e00-\u9fff]/u;

/** The two parts of a cut as they are in Chinese. */
export function rejoined(
  { left, right, between, behind, kind }: Cut,
  said: readonly [string, string],
): string {
  const [before, after] = said;
  const changed = [before !== left, after !== right];
  const wide = WIDE_SIGNS[kind];
  if (wide !== undefined && (kind === 'and' || kind === 'or')) return before + wide + after;
  if (!changed.includes(true)) return `${left}${between}${right}${behind}`;
  if (kind === 'sentence') return /[。？！]$/u.test(before) ? before + after : `${before} ${after}`;
  if (kind === 'bracket')
    return changed.every(Boolean) || changed[1] === true
      ? `${before}（${after}）`
      : `${before} (${after})`;
  if (wide === undefined) return before + between + after;
  // Behind a label that stays, too, where Chinese follows.
  if (kind === 'colon' && changed[0] !== true && !HAN.test(after)) return before + between + after;
  if (kind === 'comma' && !changed.every(Boolean)) return before + between + after;
  return before + wide + after;
}
