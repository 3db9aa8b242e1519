import type { Member, Node } from '../json/node.js';

export type ConfigPath = readonly (string | number)[];

/**
 * Finds where the last name of a path stands in the file, or the item; as near as there is. Names are matched as Go's decoder
 * does: exactly, else without regard to case.
 */
export function offsetsOf(members: readonly Member[]): (path: ConfigPath) => number {
  const find = finder();
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
    const member = find(members, String(step));
    return member === undefined ? 0 : within(member.value, rest, member.start);
  };
}

type Index = ReadonlyMap<string, Member>;

/** Each object is indexed once, because a file may have many findings. */
function finder(): (members: readonly Member[], name: string) => Member | undefined {
  const exact = new Map<readonly Member[], Index>();
  const folded = new Map<readonly Member[], Index>();
  const indexed = (indexes: Map<readonly Member[], Index>, of: readonly Member[], fold: Fold) => {
    const index = indexes.get(of) ?? new Map(of.map((member) => [fold(member.key), member]));
    indexes.set(of, index);
    return index;
  };
  return (members, name) =>
    indexed(exact, members, (key) => key).get(name) ??
    indexed(folded, members, lowerCase).get(lowerCase(name));
}

type Fold = (name: string) => string;

function lowerCase(name: string): string {
  return name.toLowerCase();
}
