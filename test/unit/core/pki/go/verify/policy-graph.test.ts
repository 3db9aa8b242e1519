import { describe, expect, test } from '@jest/globals';
import {
  addCertificate,
  ANY_POLICY,
  holdsPolicy,
  mapPolicies,
  newGraph,
} from '../../../../../../src/core/pki/go/verify/policy-graph.js';

/** The policies of each certificate, from the root down, and what it maps. */
interface Step {
  readonly has: readonly string[];
  readonly maps?: readonly (readonly [string, string])[];
  readonly anyAllowed?: boolean;
  readonly mappingAllowed?: boolean;
}

/** RFC 5280, section 6.1; RFC 9618. */
function holds(...steps: readonly Step[]): boolean {
  const graph = newGraph();
  for (const { has, maps = [], anyAllowed = true, mappingAllowed = true } of steps) {
    addCertificate(graph, has, anyAllowed);
    if (maps.length > 0 && !mapPolicies(graph, maps, mappingAllowed)) return false;
  }
  return holdsPolicy(graph);
}

describe('a policy holds', () => {
  test('that each certificate names', () => {
    expect(holds({ has: ['a'] }, { has: ['a', 'b'] })).toBe(true);
  });

  test('below one that has any', () => {
    expect(holds({ has: [ANY_POLICY] }, { has: ['a'] })).toBe(true);
    expect(holds({ has: ['a'] }, { has: [ANY_POLICY] })).toBe(true);
  });

  test('by the name that it is mapped to', () => {
    expect(holds({ has: ['a'], maps: [['a', 'b']] }, { has: ['b'] })).toBe(true);
    expect(holds({ has: [ANY_POLICY], maps: [['a', 'b']] }, { has: ['b'] })).toBe(true);
  });
});

describe('no policy holds', () => {
  test('that only one of them names', () => {
    expect(holds({ has: ['a'] }, { has: ['b'] })).toBe(false);
    expect(holds({ has: ['a'] }, { has: [] })).toBe(false);
  });

  test('by its old name, after it was mapped', () => {
    expect(holds({ has: ['a'], maps: [['a', 'b']] }, { has: ['a'] })).toBe(false);
  });

  test('by any, or by a mapping, where that is inhibited', () => {
    expect(holds({ has: ['a'] }, { has: [ANY_POLICY], anyAllowed: false })).toBe(false);
    const inhibited = { has: ['a'], maps: [['a', 'b']], mappingAllowed: false } as const;
    expect(holds(inhibited, { has: ['b'] })).toBe(false);
  });

  test('that is mapped from or to any', () => {
    expect(holds({ has: ['a'], maps: [['a', ANY_POLICY]] })).toBe(false);
    expect(holds({ has: ['a'], maps: [[ANY_POLICY, 'a']] })).toBe(false);
  });
});
