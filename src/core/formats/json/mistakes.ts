import type { Node } from './syntax/node.js';
import { lackingBraces } from './mistakes/brackets.js';
import { before, corrected, type Correction, correctionsOf } from './mistakes/correction.js';
import { type Problem, problemOf, rootFault } from './mistakes/problem.js';
import { scan } from './syntax/scan.js';

/** A mistake and where it stands in the text as it was. */
export type Mistake = Pick<Problem, 'code' | 'message' | 'hint' | 'offset'>;

export interface Mistakes {
  readonly mistakes: readonly [Mistake, ...Mistake[]];
  /** What the text means once each is corrected; null where it cannot be said. */
  readonly meant: {
    readonly text: string;
    readonly root: Extract<Node, { kind: 'object' }>;
  } | null;
  /** Where an offset of `meant.text` stands in the text as it was. */
  readonly back: (offset: number) => number;
}

/** Nobody corrects more at once, and each costs a scan of the whole. */
const MOST_MISTAKES = 50;
const MOST_CHARACTERS = 100_000;

/** All mistakes of a text that is no JSON, in their order, as far as each has one correction that lets the rest be read. */
export function mistakesIn(text: string, from: number): Mistakes | null {
  const done: Correction[] = [];
  const mistakes: Mistake[] = [];
  const back = (offset: number): number =>
    done.reduceRight((at, correction) => before(correction, at), offset);
  let now = text;
  for (;;) {
    const scanned = scan(now, from);
    if (scanned.ok) {
      const { root } = scanned;
      if (root?.kind === 'object' || root === null)
        return answer(root === null ? null : { text: now, root });
      mistakes.push({ ...rootFault(root), offset: back(root.start) });
      return answer(null);
    }
    const { code, message, hint, offset } = problemOf(now, scanned.fault);
    mistakes.push({ code, message, hint, offset: back(offset) });
    if (mistakes.length >= MOST_MISTAKES || text.length > MOST_CHARACTERS) return answer(null);
    const next = code === 'missing-braces' ? bracesOf(now, from) : correctionsOf(now, code, offset);
    if (next.length === 0) return answer(null);
    for (const correction of next) {
      done.push(correction);
      now = corrected(now, correction);
    }
  }

  function answer(meant: Mistakes['meant']): Mistakes | null {
    const [first, ...more] = mistakes;
    return first === undefined ? null : { mistakes: [first, ...more], meant, back };
  }
}

function bracesOf(text: string, from: number): readonly Correction[] {
  const lacking = lackingBraces(text.slice(from));
  if (lacking === null) return [];
  const open = { at: from, removed: 0, inserted: '{' };
  const close = { at: text.trimEnd().length + 1, removed: 0, inserted: '\n}' };
  return lacking === 'both' ? [open, close] : [open];
}
