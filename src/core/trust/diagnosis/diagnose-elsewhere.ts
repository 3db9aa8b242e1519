import type { RefusalCode } from '../../pki/go/rules/refusal.js';
import type { Finding } from '../../plan/finding.js';
import { fromFailure, fromVerdict } from './chain-findings.js';
import { isFailure, type ProbeFacts, type TokenFacts } from './facts.js';
import { judgeChain, type Trust } from './judge-chain.js';

/**
 * The token server. dockerd asks it with the registry's own trust (moby registry/session.go); with images in containerd, before
 * 29.5, by the system's roots, also where the registry itself gives the tokens.
 */
export function diagnoseToken(facts: ProbeFacts, trust: Trust): Finding[] {
  const { registry, token, now } = facts;
  if (token === null) return [];
  if (token.scheme === 'http') {
    return [
      {
        code: 'token-over-http',
        severity: 'warning',
        subject: registry.name,
        message: `it has clients send their password to ${token.name} over http, where everybody can read it`,
        hint: 'set the realm of the registry (auth.token.realm, or Harbor external_url) to an https address',
      },
    ];
  }
  const { tokenRoots: roots } = trust;
  const from = { registry: registry.name, prefix: 'token' };
  if (roots !== undefined) {
    const says = `it sends clients for a token to ${token.name}, where dockerd, with its images in containerd, trusts the system's certificates alone, and that fails`;
    const server = { ...token, tls: token.tls ?? facts.tls };
    return diagnoseServer(
      server,
      { ...from, says, advice: inSystem },
      { trust: { ...trust, roots }, now },
    );
  }
  const says = `it sends clients for a token to another server, ${token.name}, and that fails`;
  return diagnoseServer(token, { ...from, says, advice: bothTrusted }, { trust, now });
}

/** The servers that GET /v2/ is redirected to, which dockerd asks with the same trust. */
export const diagnoseRedirects = (
  { registry, redirects, now }: ProbeFacts,
  trust: Trust,
): Finding[] =>
  redirects.flatMap((server) => {
    const from = {
      registry: registry.name,
      prefix: 'redirect',
      says: `it sends clients on to another server, ${server.name}, and that fails`,
      advice: bothTrusted,
    };
    return diagnoseServer(server, from, { trust, now });
  });

interface From {
  readonly registry: string;
  readonly prefix: string;
  readonly says: string;
  /** The command, where an authority is missing. */
  readonly advice: (registry: string, other: string) => string;
}

function diagnoseServer(
  { name, host, tls }: TokenFacts,
  { registry, prefix, says, advice }: From,
  { trust, now }: { readonly trust: Trust; readonly now: number },
): Finding[] {
  if (tls === null) return [];
  const from = (finding: Finding): Finding => ({
    ...finding,
    code: `${prefix}-${finding.code}`,
    subject: registry,
    message: `${says}: ${finding.message}`,
  });
  if (isFailure(tls))
    return [from(fromFailure(tls, { subject: registry, name, port: portOf(name) }))];
  // What was installed for the registry says nothing of another server's authority.
  const verdicts = judgeChain({ chain: tls.chain, host, now }, { ...trust, installed: [] });
  return verdicts.map((verdict) => {
    const finding = from(fromVerdict(verdict, name));
    return LACKS_CA.has(verdict.code) ? { ...finding, hint: advice(registry, name) } : finding;
  });
}

const portOf = (name: string): number => Number(new URL(`https://${name}`).port) || 443;

const LACKS_CA: ReadonlySet<RefusalCode> = new Set([
  'unknown-authority',
  'proxy-in-between',
  'authority-changed',
  'intermediate-missing',
]);

function inSystem(registry: string, other: string): string {
  return `with the CA of ${other} in FILE, which then goes into the system's store, and a restart that keeps containers: dockerctl trust add-registry ${registry} --ca FILE --to docker,system`;
}

/** dockerd has no folder for another server: it takes the registry's own, or the system's store. */
function bothTrusted(registry: string, other: string): string {
  return `dockerctl trust add-ca FILE with the CA of ${other}; or, with the CAs of both in one file: dockerctl trust add-registry ${registry} --ca FILE`;
}
