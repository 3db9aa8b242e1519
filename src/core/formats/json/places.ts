import { afterSpace, passContainer, passText, passWord } from './pass.js';

/** Names of members and indices of items, from the root on. */
export type ValuePath = readonly (string | number)[];

/** A strict JSON text, and where in it the value begins. */
export interface JsonSource {
  readonly text: string;
  readonly from: number;
  /** It is known that no object has a name twice: what is found needs no look at the rest. */
  readonly once?: boolean;
}

/** A value that is looked for, or one around it. */
interface Wanted {
  /** Where it stands by its own name, and by one that differs in case: the last of each. */
  exact?: number;
  folded?: number;
  readonly members: Map<string, Wanted>;
  readonly byFolded: Map<string, Wanted>;
  readonly items: Map<number, Wanted>;
}

/**
 * Finds where members (their names) and items stand in a strict JSON text: of equal names the last, or the last in other case where
 * there is no other; as near as there is, 0 where nothing of the path is. One pass over the text, which must be known to be JSON: what
 * is not looked for is passed over by its brackets and quotes alone.
 */
export function placesIn(
  { text, from, once = false }: JsonSource,
  paths: readonly ValuePath[],
): (path: ValuePath) => number {
  const root = nothing();
  for (const path of paths)
    path.reduce<Wanted>(
      (at, step) => (typeof step === 'number' ? wantItem(at, step) : wantMember(at, step)),
      root,
    );
  const left = { count: once ? countOf(root) - 1 : Infinity };
  if (root.members.size > 0)
    passValue({ text, isFolded: false, left }, afterSpace(text, from), root);
  return (path) => {
    let [at, place] = [root, 0];
    for (const step of path) {
      const next = typeof step === 'number' ? at.items.get(step) : at.members.get(step);
      const found = next?.exact ?? next?.folded;
      if (next === undefined || found === undefined) break;
      [at, place] = [next, found];
    }
    return place;
  };
}

function nothing(): Wanted {
  return { members: new Map(), byFolded: new Map(), items: new Map() };
}

function countOf({ members, items }: Wanted): number {
  let count = 1;
  for (const one of members.values()) count += countOf(one);
  for (const one of items.values()) count += countOf(one);
  return count;
}

function wantItem({ items }: Wanted, index: number): Wanted {
  const item = items.get(index) ?? nothing();
  items.set(index, item);
  return item;
}

function wantMember({ members, byFolded }: Wanted, name: string): Wanted {
  const folded = name.toLowerCase();
  const member = members.get(name) ?? nothing();
  members.set(name, member);
  if (!byFolded.has(folded)) byFolded.set(folded, member);
  return member;
}

/** `isFolded`: an object around has another case than what was asked for. */
interface Source {
  readonly text: string;
  readonly isFolded: boolean;
  /** What is still looked for by its own name: without any, all that follows is passed over in one step. */
  readonly left: { count: number };
}

/** Each of these takes the offset of what it passes, and gives that behind it. */
function passValue(source: Source, at: number, wanted: Wanted | undefined): number {
  const { text } = source;
  const first = text.charAt(at);
  if (first === '{' && wanted !== undefined && wanted.members.size > 0)
    return passMembers(source, at, wanted);
  if (first === '[' && wanted !== undefined && wanted.items.size > 0)
    return passItems(source, at, wanted);
  if (first === '{' || first === '[') return passContainer(text, at);
  return first === '"' ? passText(text, at) : passWord(text, at);
}

function passMembers(source: Source, open: number, wanted: Wanted): number {
  const { text } = source;
  const folded = source.isFolded ? source : { ...source, isFolded: true };
  const most = Math.max(...[...wanted.members.keys()].map((name) => name.length));
  for (let at = afterSpace(text, open + 1); at < text.length;) {
    if (text.charAt(at) === '}') return at + 1;
    const start = at;
    at = passText(text, start);
    const name = at - start - 2 > most * LONGEST_ESCAPE ? '' : nameIn(text, start, at);
    const exact = source.isFolded ? undefined : wanted.members.get(name);
    const member = exact ?? wanted.byFolded.get(name.toLowerCase());
    if (member !== undefined) member[exact === undefined ? 'folded' : 'exact'] = start;
    if (exact !== undefined) source.left.count -= 1;
    if (source.left.count === 0) return text.length;
    at = afterSpace(text, afterSpace(text, at) + 1);
    at = afterSpace(text, passValue(exact === undefined ? folded : source, at, member));
    if (text.charAt(at) === ',') at = afterSpace(text, at + 1);
  }
  return text.length;
}

/** `\u0061` is a letter. */
const LONGEST_ESCAPE = 6;

function nameIn(text: string, start: number, end: number): string {
  const written = text.slice(start + 1, end - 1);
  return written.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : written;
}

function passItems(source: Source, open: number, wanted: Wanted): number {
  const { text, isFolded } = source;
  let at = afterSpace(text, open + 1);
  for (let index = 0; at < text.length; index += 1) {
    if (text.charAt(at) === ']') return at + 1;
    const item = wanted.items.get(index);
    if (item !== undefined) item[isFolded ? 'folded' : 'exact'] = at;
    if (item !== undefined && !isFolded) source.left.count -= 1;
    if (source.left.count === 0) return text.length;
    at = afterSpace(text, passValue(source, at, item));
    if (text.charAt(at) === ',') at = afterSpace(text, at + 1);
  }
  return text.length;
}
