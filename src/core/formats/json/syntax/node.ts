/**
 * The shape of a JSON text by offsets. Values are not kept: a number is the text between `start` and `end`, so that
 * 9007199254740993, 1.0 and 1e3 are never rounded on their way through us.
 */
export type Node = ObjectNode | ArrayNode | ScalarNode;

export interface ObjectNode {
  readonly kind: 'object';
  readonly start: number;
  readonly end: number;
  readonly members: readonly Member[];
}

export interface ArrayNode {
  readonly kind: 'array';
  readonly start: number;
  readonly end: number;
  readonly items: readonly Node[];
}

export interface ScalarNode {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  readonly start: number;
  readonly end: number;
}

/** A key and its value. `start` is where the key's quote stands. */
export interface Member {
  readonly start: number;
  readonly keyEnd: number;
  /** Unescaped: `"a\u002db"` is the key `a-b`. */
  readonly key: string;
  readonly value: Node;
}

/** Offsets `start` (included) to `end` (excluded). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What stands between a container's brackets, in order. */
export function childSpans(container: ObjectNode | ArrayNode): readonly Span[] {
  return container.kind === 'array'
    ? container.items
    : container.members.map(({ start, value }) => ({ start, end: value.end }));
}

export function memberOf(object: ObjectNode, key: string): Member | undefined {
  return object.members.find((member) => member.key === key);
}

/** The node at `path` (array indices as decimal strings), or undefined. */
export function nodeAt(root: Node | null, path: readonly string[]): Node | undefined {
  let node = root ?? undefined;
  for (const step of path) {
    if (node?.kind === 'object') node = memberOf(node, step)?.value;
    else if (node?.kind === 'array')
      node = /^\d+$/.test(step) ? node.items[Number(step)] : undefined;
    else return undefined;
  }
  return node;
}

/** Whether two values mean the same: key order and layout aside, numbers by their spelling. */
export function sameValue(a: Located, b: Located): boolean {
  if (a.node.kind !== b.node.kind) return false;
  if (a.node.kind === 'object' && b.node.kind === 'object') {
    const others = b.node;
    return (
      a.node.members.length === others.members.length &&
      a.node.members.every(({ key, value }) => {
        const other = memberOf(others, key);
        return other !== undefined && sameValue(at(a, value), at(b, other.value));
      })
    );
  }
  if (a.node.kind === 'array' && b.node.kind === 'array') {
    const others = b.node.items;
    return (
      a.node.items.length === others.length &&
      a.node.items.every((item, index) => {
        const other = others[index];
        return other !== undefined && sameValue(at(a, item), at(b, other));
      })
    );
  }
  return a.node.kind === 'string' ? valueOf(a) === valueOf(b) : textOf(a) === textOf(b);
}

/** A node and the text its offsets count in. */
export interface Located {
  readonly text: string;
  readonly node: Node;
}

export function textOf({ text, node }: Located): string {
  return text.slice(node.start, node.end);
}

function valueOf(located: Located): unknown {
  return JSON.parse(textOf(located));
}

function at(located: Located, node: Node): Located {
  return { text: located.text, node };
}
