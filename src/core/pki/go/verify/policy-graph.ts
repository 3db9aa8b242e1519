/** anyPolicy (2.5.29.32.0), as the content of its OID in hex. */
export const ANY_POLICY = '551d2000';

interface Node {
  readonly policy: string;
  expected: readonly string[];
  readonly parents: Set<Node>;
  readonly children: Set<Node>;
}

/**
 * The policies that hold along a chain, one row a certificate from the root down: RFC 5280 6.1.2 (a) as a graph of RFC
 * 9618 (verify.go policyGraph).
 */
export interface PolicyGraph {
  readonly rows: Map<string, Node>[];
}

export function newGraph(): PolicyGraph {
  const graph: PolicyGraph = { rows: [new Map<string, Node>()] };
  addNode(graph, ANY_POLICY, []);
  return graph;
}

const lastRow = ({ rows }: PolicyGraph): Map<string, Node> =>
  rows.at(-1) ?? new Map<string, Node>();

function addNode(graph: PolicyGraph, policy: string, parents: readonly Node[]): Node {
  const node = { policy, expected: [policy], parents: new Set(parents), children: new Set<Node>() };
  for (const parent of parents) parent.children.add(node);
  lastRow(graph).set(policy, node);
  return node;
}

/** RFC 5280 6.1.3 (d): the policies of the next certificate below what the row above expects. */
export function addCertificate(
  graph: PolicyGraph,
  policies: readonly string[],
  isAnyAllowed: boolean,
): void {
  const above = lastRow(graph);
  graph.rows.push(new Map());
  const expecting = new Map<string, Node[]>();
  for (const node of above.values())
    for (const policy of node.expected)
      expecting.set(policy, [...(expecting.get(policy) ?? []), node]);
  const any = above.get(ANY_POLICY);
  for (const policy of policies) {
    const parents = expecting.get(policy) ?? (any === undefined ? [] : [any]);
    if (policy !== ANY_POLICY && parents.length > 0) addNode(graph, policy, parents);
  }
  if (isAnyAllowed && policies.includes(ANY_POLICY))
    for (const [policy, parents] of expecting)
      if (!lastRow(graph).has(policy)) addNode(graph, policy, parents);
  prune(graph);
}

/** RFC 5280 6.1.3 (d)(3): what has nothing below it goes. */
function prune({ rows }: PolicyGraph): void {
  for (const row of rows.slice(1, -1).reverse())
    for (const node of row.values()) if (node.children.size === 0) remove(row, node);
}

function remove(row: Map<string, Node>, node: Node): void {
  for (const parent of node.parents) parent.children.delete(node);
  for (const child of node.children) child.parents.delete(node);
  row.delete(node.policy);
}

/** RFC 5280 6.1.4 (b). False: a mapping from or to anyPolicy, which makes the chain invalid. */
export function mapPolicies(
  graph: PolicyGraph,
  mappings: readonly (readonly [from: string, to: string])[],
  isMappingAllowed: boolean,
): boolean {
  const row = lastRow(graph);
  if (!isMappingAllowed) {
    for (const [from] of mappings) {
      const node = row.get(from);
      if (node !== undefined) remove(row, node);
    }
    prune(graph);
    return true;
  }
  if (mappings.flat().includes(ANY_POLICY)) return false;
  const targets = new Map<string, string[]>();
  for (const [from, to] of mappings) targets.set(from, [...(targets.get(from) ?? []), to]);
  for (const [from, to] of targets) {
    const any = row.get(ANY_POLICY);
    const node = row.get(from) ?? (any === undefined ? null : addNode(graph, from, [any]));
    if (node !== null) node.expected = to;
  }
  return true;
}

/** RFC 5280 6.1.5 (g), with any policy asked for: whether one is left. */
export const holdsPolicy = (graph: PolicyGraph): boolean =>
  lastRow(graph).has(ANY_POLICY) ||
  graph.rows.some((row) =>
    [...row.values()].some(({ policy, parents }) => {
      const [parent, ...more] = parents;
      return policy !== ANY_POLICY && more.length === 0 && parent?.policy === ANY_POLICY;
    }),
  );
