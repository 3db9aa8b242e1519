import type { Member, Node } from '../../formats/json/node.js';

export type ConfigPath = readonly (string | number)[];

/**
 * Finds where the last name of each of the paths stands in the file, or the item; as near as there is. Names are matched as Go's
 * decoder does: exactly, else without regard to case.
 */
export function offsetsOf(
  members: () => readonly Member[],
  paths: readonly ConfigPath[],
): (path: ConfigPath) => number {
  const find = finder(paths.flatMap((path) => path.map(String)));
  const within = (node: Node, path: ConfigPath, offset: number): number => {
    const [step, ...rest] = path;
    if (node.kind === 'object' && typeof step === 'string') {
      const member = find(node.members, step);
      return member === undefined ? offset : within(member.value, rest, member.start);
    }
    const item = node.kind === 'array' && typeof step === 'number' ? node.items[step] : undefined;
    return item === undefined ? offset : within(item, rest, item.start);
  };
  return (path) => {
    const [step, ...rest] = path;
    const member = find(members(), String(step));
    return member === undefined ? 0 : within(member.value, rest, member.start);
  };
}

type Index = ReadonlyMap<string, Member>;

/** Each object is indexed once, and only by the names that are looked for: it may have fifty thousand. */
function finder(
  names: readonly string[],
): (members: readonly Member[], name: string) => Member | undefined {
  const exact = indexes(names, (key) => key);
  const folded = indexes(names, (key) => key.toLowerCase());
  return (members, name) => exact(members).get(name) ?? folded(members).get(name.toLowerCase());
}

function indexes(
  names: readonly string[],
  fold: (name: string) => string,
): (members: readonly Member[]) => Index {
  const wanted = new Set(names.map(fold));
  const known = new Map<readonly Member[], Index>();
  return (members) => {
    const before = known.get(members);
    if (before !== undefined) return before;
    const index = new Map<string, Member>();
    for (const member of members) {
      const name = fold(member.key);
      if (wanted.has(name)) index.set(name, member);
    }
    known.set(members, index);
    return index;
  };
}
