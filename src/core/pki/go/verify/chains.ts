import type { GoCertificate } from '../parse/certificate.js';
import type { GoRules } from '../rules/generation.js';
import { refuse, type Refusal } from '../rules/refusal.js';
import { authorityConstraints } from './constrained-by-authority.js';
import { parentsIn, type CertificatePool } from './pool.js';
import { signatureProblem } from './signature.js';
import { validityProblem } from './validity.js';

/** How many candidates Go tries for one leaf (verify.go maxChainSignatureChecks). */
const MOST_CHECKS = 100;

/** Why one candidate did not become part of a chain. */
export interface Obstacle extends Refusal {
  readonly parent: GoCertificate;
  readonly isTrusted: boolean;
}

export interface Search {
  readonly rules: GoRules;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly trusted: CertificatePool;
  /** What the server sent beside the leaf. */
  readonly sent: CertificatePool;
  checks: number;
  readonly obstacles: Obstacle[];
  /** The longest path at whose end nobody has the name of the issuer. */
  deadEnd: readonly GoCertificate[];
}

const MOST_OBSTACLES = 200;

/** Every chain from the end of `chain` to a trusted certificate, depth first (verify.go buildChains). */
export function buildChains(chain: readonly GoCertificate[], search: Search): GoCertificate[][] {
  const [top] = chain.slice(-1);
  if (top === undefined) return [];
  const found: GoCertificate[][] = [];
  let candidates = 0;
  for (const pool of [search.trusted, search.sent]) {
    for (const parent of parentsIn(pool, top)) {
      const isTrusted = pool === search.trusted;
      if (search.rules.budgetFirst && !countCheck(search, parent)) return found;
      if (search.rules.unknownKeysSkipped && parent.key.kind === 'unknown') {
        note(search, { ...unknownKey(parent), parent, isTrusted });
        candidates += 1;
        continue;
      }
      if (isInChain(parent, chain, search.rules)) continue;
      candidates += 1;
      if (!search.rules.budgetFirst && !countCheck(search, parent)) continue;
      const refusal = candidateRefusal(parent, chain, { search, isTrusted });
      if (refusal !== null) note(search, { ...refusal, parent, isTrusted });
      else if (isTrusted) found.push([...chain, parent]);
      else found.push(...buildChains([...chain, parent], search));
    }
  }
  if (candidates === 0 && chain.length > search.deadEnd.length) search.deadEnd = chain;
  return found;
}

const unknownKey = ({ subject }: GoCertificate): Refusal => ({
  code: 'issuer-key-unsupported',
  detail: `the key of ${subject.text} is of a kind that Go does not know`,
});

function note({ obstacles }: Search, obstacle: Obstacle): void {
  if (obstacles.length < MOST_OBSTACLES) obstacles.push(obstacle);
}

/** False: the budget is used up. */
function countCheck(search: Search, parent: GoCertificate): boolean {
  search.checks += 1;
  if (search.checks === MOST_CHECKS + 1)
    search.obstacles.push({
      code: 'too-many-candidates',
      detail: `more than ${MOST_CHECKS} certificates were tried, many of them named ${parent.subject.text}`,
      parent,
      isTrusted: false,
    });
  return search.checks <= MOST_CHECKS;
}

function candidateRefusal(
  parent: GoCertificate,
  chain: readonly GoCertificate[],
  { search, isTrusted }: { readonly search: Search; readonly isTrusted: boolean },
): Refusal | null {
  const [child] = chain.slice(-1);
  if (child === undefined) return null;
  const { rules, now } = search;
  const problem = signatureProblem(child, parent, rules) ?? validityProblem(parent, now);
  if (problem !== null) return { code: problem[0], detail: problem[1] };
  if (parent.nameConstraints !== null && rules.constrained !== 'the finished chain') {
    const refusal = authorityConstraints(parent, chain, rules);
    if (refusal !== null) return refusal;
  }
  return isTrusted || parent.basicConstraints?.isAuthority === true
    ? pathLengthRefusal(parent, chain.length - 1)
    : {
        code: 'issuer-not-authority',
        detail: `${parent.subject.text} is no authority (basicConstraints lack CA:TRUE)`,
      };
}

/** Self-issued certificates count, the leaf does not. */
function pathLengthRefusal(
  { basicConstraints, subject }: GoCertificate,
  below: number,
): Refusal | null {
  const most = basicConstraints?.pathLength ?? null;
  if (most === null || BigInt(below) <= most) return null;
  return {
    code: 'path-length',
    detail: `${subject.text} allows ${most} authorities between itself and a server, and there are ${below}`,
  };
}

/**
 * The same subject, key and alternative names (verify.go alreadyInChain). Go before 1.27 compares keys by a method that
 * some kinds of keys do not have, and then the whole process ends.
 */
function isInChain(
  candidate: GoCertificate,
  chain: readonly GoCertificate[],
  { panicsOn }: GoRules,
): boolean {
  const { subject, key, spki, alternativeNamesValue: names } = candidate;
  for (const certificate of chain) {
    if (!subject.raw.equals(certificate.subject.raw)) continue;
    if (panicsOn.some((kind) => kind === key.kind))
      refuse([
        'ends-dockerd',
        `${subject.text} has a key of a kind (${key.kind === 'DSA' ? 'DSA' : 'RSASSA-PSS or another that Go does not know'}) that makes this dockerd crash when it compares it with another of that name`,
      ]);
    if (!spki.equals(certificate.spki)) continue;
    const others = certificate.alternativeNamesValue;
    if (names === null && others === null) return true;
    // Go looks at no further member then.
    if (names === null || others === null) return false;
    if (names.equals(others)) return true;
  }
  return false;
}
