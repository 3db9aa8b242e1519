import type { GoRules } from '../../pki/go/rules/generation.js';
import { joinPools, poolOfPem, type CertificatePool } from '../../pki/go/verify/pool.js';

/** Trusted certificates as a dockerd with these rules reads them, read once. */
export type Roots = (rules: GoRules) => CertificatePool;

/** Of PEM bundles, one character a byte; what Go cannot read is passed over, as its AppendCertsFromPEM has it. */
export function readRoots(bundles: readonly string[]): Roots {
  const read = new Map<GoRules, CertificatePool>();
  return (rules) => {
    const pool = read.get(rules) ?? poolOfPem(bundles, rules);
    read.set(rules, pool);
    return pool;
  };
}

/** Both together: the system's, and those of one registry. */
export const joinRoots =
  (one: Roots, other: Roots): Roots =>
  (rules) =>
    joinPools(one(rules), other(rules));
