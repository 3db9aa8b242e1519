import type { GoCertificate } from '../parse/certificate.js';
import {
  addCertificate,
  holdsPolicy,
  mapPolicies,
  newGraph,
  type PolicyGraph,
} from './policy-graph.js';

/** How many more certificates may come before each of them holds. */
interface Counters {
  explicitPolicy: bigint;
  policyMapping: bigint;
  inhibitAny: bigint;
}

/**
 * Whether a chain, leaf first, has the policies that its certificates ask for: RFC 5280 6.1 with RFC 9618, any policy
 * asked for by us (verify.go policiesValid). The root's own extensions are not looked at.
 */
export function hasPolicies(chain: readonly GoCertificate[]): boolean {
  const [leaf] = chain;
  const below = chain.slice(0, -1).reverse();
  if (leaf === undefined || below.length === 0) return true;
  const most = BigInt(chain.length);
  const counters: Counters = { explicitPolicy: most, policyMapping: most, inhibitAny: most };
  let graph: PolicyGraph | null = newGraph();
  for (const certificate of below) {
    const isLeaf = certificate === leaf;
    const isSelfIssued = certificate.issuer.raw.equals(certificate.subject.raw);
    if (certificate.policies.length === 0) graph = null;
    if (counters.explicitPolicy === 0n && graph === null) return false;
    if (graph !== null) {
      const isAnyAllowed = counters.inhibitAny > 0n || (!isLeaf && isSelfIssued);
      addCertificate(graph, certificate.policies, isAnyAllowed);
      const mappings = isLeaf ? [] : certificate.policyMappings;
      if (!mapPolicies(graph, mappings, counters.policyMapping > 0n)) return false;
    }
    if (!isLeaf) step(counters, certificate, isSelfIssued);
  }
  const isRequired = counters.explicitPolicy <= 1n || leaf.requireExplicitPolicy === 0n;
  return !isRequired || (graph !== null && holdsPolicy(graph));
}

/** RFC 5280 6.1.4 (h) to (j): self-issued certificates do not count. */
function step(counters: Counters, certificate: GoCertificate, isSelfIssued: boolean): void {
  const count = (value: bigint, named: bigint | null): bigint => {
    const left = isSelfIssued || value === 0n ? value : value - 1n;
    return named !== null && named < left ? named : left;
  };
  counters.explicitPolicy = count(counters.explicitPolicy, certificate.requireExplicitPolicy);
  counters.policyMapping = count(counters.policyMapping, certificate.inhibitPolicyMapping);
  counters.inhibitAny = count(counters.inhibitAny, certificate.inhibitAnyPolicy);
}
