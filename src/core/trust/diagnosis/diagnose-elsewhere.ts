import type { RefusalCode } from '../../pki/go/rules/refusal.js';
import type { Finding } from '../../plan/finding.js';
import { fromFailure, fromVerdict } from './chain-findings.js';
import { isFailure, type ProbeFacts, type TokenFacts } from './facts.js';
import { judgeChain, type Trust } from './judge-chain.js';

/** The token server. dockerd asks it with the registry's own trust (moby registry/session.go); containerd before 29.5 does not. */
export function diagnoseToken({ registry, token, now }: ProbeFacts, trust: Trust): Finding[] {
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
  const from = {
    registry: registry.name,
    prefix: 'token',
    says: `it sends clients for a token to another server, ${token.name}, and that fails`,
  };
  return diagnoseServer(token, from, { trust, now });
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
    };
    return diagnoseServer(server, from, { trust, now });
  });

interface From {
  readonly registry: string;
  readonly prefix: string;
  readonly says: string;
}

function diagnoseServer(
  { name, host, tls }: TokenFacts,
  { registry, prefix, says }: From,
  { trust, now }: { readonly trust: Trust; readonly now: number },
): Finding[] {
  if (tls === null) return [];
  const from = (finding: Finding): Finding => ({
    ...finding,
    code: `${prefix}-${finding.code}`,
    subject: registry,
    message: `${says}: ${finding.message}`,
  });
  if (isFailure(tls)) return [from(fromFailure(tls, { subject: registry, name, port: 443 }))];
  // What was installed for the registry says nothing of another server's authority.
  const verdicts = judgeChain({ chain: tls.chain, host, now }, { ...trust, installed: [] });
  return verdicts.map((verdict) => {
    const finding = from(fromVerdict(verdict, name));
    return LACKS_CA.has(verdict.code) ? { ...finding, hint: bothTrusted(registry, name) } : finding;
  });
}

const LACKS_CA: ReadonlySet<RefusalCode> = new Set([
  'unknown-authority',
  'proxy-in-between',
  'authority-changed',
  'intermediate-missing',
]);

/** dockerd has no folder for another server: it takes the registry's own, or the system's store. */
function bothTrusted(registry: string, other: string): string {
  return `dockerctl trust add-ca FILE with the CA of ${other}; or, with the CAs of both in one file: dockerctl trust add-registry ${registry} --ca FILE`;
}
