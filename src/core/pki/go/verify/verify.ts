import { parseCertificate, type GoCertificate } from '../parse/certificate.js';
import type { GoRules } from '../rules/generation.js';
import { refusalIn, type RefusalReason, type Refusal } from '../rules/refusal.js';
import { buildChains, type Search } from './chains.js';
import { chainConstraints } from './constrained-chain.js';
import { explainSearch, type Gap } from './explain-search.js';
import { hostProblem } from './host-name.js';
import { hasPolicies } from './policies.js';
import { poolOf, type CertificatePool } from './pool.js';
import { rsaSizeProblem, tlsKeyProblem } from './tls-key.js';
import { usageProblem } from './usages.js';
import { validityProblem } from './validity.js';

export interface ChainQuestion {
  /** DER as the server sent it, leaf first. */
  readonly chain: readonly Uint8Array[];
  readonly trusted: CertificatePool;
  /** The name or address that clients connect to, without a port; null: whatever it is for. */
  readonly host: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly rules: GoRules;
  /** What the server is built with, where it is known; default openssl, as most are. */
  readonly server?: 'go' | 'openssl';
}

export interface Verdict {
  /** None: dockerd accepts the chain. The first is what Go stops at; the others would come after it. */
  readonly refusals: readonly Refusal[];
  /** Where no path leads to a trusted certificate: the end of the longest. */
  readonly gap: Gap | null;
}

/** Whether a client of this Go accepts what a server sent: crypto/tls and crypto/x509 of that generation. */
export function verifyAsGo(question: ChainQuestion): Verdict {
  const { chain, rules, now, host } = question;
  if (chain.length === 0)
    return { refusals: [{ code: 'no-certificate', detail: 'the server showed none' }], gap: null };
  const size = sizeOf(chain);
  if (size > rules.largestChain)
    return refusedFor([
      {
        code: 'chain-too-large',
        detail: `it sends ${chain.length} certificates in ${size} octets, and dockerd takes ${rules.largestChain}`,
      },
    ]);
  const { certificates, refusals } = parseAll(chain, rules);
  const [leaf, ...others] = certificates;
  if (leaf === undefined || refusals.length > 0) return refusedFor(refusals);
  const first = [
    ...tooLarge(certificates, rules),
    ...listOf(validityProblem(leaf, now)),
    ...(host === null ? [] : listOf(hostProblem(leaf, host, rules))),
  ];
  const search: Search = {
    ...{ rules, now, checks: 0, obstacles: [], deadEnd: [] },
    trusted: question.trusted,
    sent: poolOf(
      others.map(({ raw }) => raw).filter((raw) => !raw.equals(leaf.raw)),
      rules,
    ),
  };
  let found: GoCertificate[][] = [];
  // Whoever is trusted himself is the whole chain: no signature and no date above him matters.
  const panic = refusalIn(() => {
    found = search.trusted.has(leaf) ? [[leaf]] : buildChains([leaf], search);
  });
  // Go does not come as far as to crash when it refuses the leaf first.
  if (panic !== null) return refusedFor(first.length > 0 ? first : [panic]);
  const { refusals: unfound, gap } =
    found.length > 0 ? { refusals: [], gap: null } : explainSearch(leaf, search);
  return {
    refusals: withoutRepeats([
      ...first,
      ...unfound,
      ...chainRefusals(found, rules),
      ...listOf(tlsKeyProblem(leaf, rules, question.server ?? 'openssl')),
    ]),
    gap,
  };
}

const refusedFor = (refusals: readonly Refusal[]): Verdict => ({ refusals, gap: null });

/** The Certificate message of TLS 1.3 (RFC 8446 4.4.2). */
const sizeOf = (chain: readonly Uint8Array[]): number =>
  chain.reduce((sum, { length }) => sum + 3 + length + 2, 1 + 3);

/** One that cannot be read, be it ever so superfluous, ends the handshake. */
function parseAll(chain: readonly Uint8Array[], rules: GoRules) {
  const certificates: GoCertificate[] = [];
  const refusals: Refusal[] = [];
  for (const [at, der] of chain.entries()) {
    const refusal = refusalIn(() => {
      certificates.push(parseCertificate(Buffer.from(der), rules));
    });
    if (refusal === null) continue;
    const which =
      chain.length === 1
        ? 'the certificate'
        : `certificate ${at + 1} of the ${chain.length} that came`;
    refusals.push({ code: refusal.code, detail: `${which} cannot be read: ${refusal.detail}` });
    if (refusals.length === MOST_REFUSALS) break;
  }
  return { certificates, refusals };
}

const MOST_REFUSALS = 5;

function tooLarge(certificates: readonly GoCertificate[], rules: GoRules): Refusal[] {
  const problems = certificates.map(({ key, subject }) => rsaSizeProblem(key, subject.text, rules));
  return problems.flatMap(listOf).slice(0, 1);
}

/** Why each of the chains that were found fails; none where one of them does not. */
function chainRefusals(chains: readonly (readonly GoCertificate[])[], rules: GoRules): Refusal[] {
  const refusals = chains.map((chain) => chainRefusal(chain, rules));
  return refusals.includes(null)
    ? []
    : refusals.flatMap((refusal) => refusal ?? []).slice(0, MOST_REFUSALS);
}

function chainRefusal(chain: readonly GoCertificate[], rules: GoRules): Refusal | null {
  if (rules.policies && !hasPolicies(chain))
    return {
      code: 'policy-required',
      detail: 'a certificate of its chain asks for a policy that the others do not name',
    };
  const usage = usageProblem(chain);
  if (usage !== null) return { code: usage[0], detail: usage[1] };
  return rules.constrained === 'the finished chain' ? chainConstraints(chain, rules) : null;
}

const listOf = (problem: RefusalReason | null): Refusal[] =>
  problem === null ? [] : [{ code: problem[0], detail: problem[1] }];

const withoutRepeats = (refusals: readonly Refusal[]): Refusal[] => [
  ...new Map(refusals.map((refusal) => [`${refusal.code} ${refusal.detail}`, refusal])).values(),
];
