import { hasErrors, type Finding } from '../../plan/finding.js';
import { fromFailure, fromVerdict } from './chain-findings.js';
import { issueCommand } from '../../pki/authority/issue-command.js';
import { diagnoseAnswer } from './diagnose-answer.js';
import { diagnoseRedirects, diagnoseToken } from './diagnose-elsewhere.js';
import { joinRoots } from './roots.js';
import { judgePresented } from '../../pki/authority/served.js';
import { sha256 } from '../../plan/content.js';
import { isFailure, type Failure, type ProbeFacts } from './facts.js';
import { judgeChain, type ShownChain, type Trust } from './judge-chain.js';

/**
 * Why dockerd can, or cannot, use the registry: the first step that fails, in plain words, with the command that fixes
 * it. An insecure registry is not judged by its certificate, as dockerd would not.
 */
export function diagnose(facts: ProbeFacts, trust: Trust): Finding[] {
  const { registry, resolved, tls, answer } = facts;
  const place = { subject: registry.name, name: registry.name, port: facts.port };
  if (isFailure(resolved)) return [fromFailure(resolved, place)];
  const notes = facts.insecure ? [insecureNote(registry.name)] : [];
  if (facts.insecure) {
    return [
      ...(answer === null
        ? []
        : isFailure(answer)
          ? [connection(answer, facts)]
          : diagnoseAnswer(answer, facts)),
      ...(trust.tokenRoots === undefined ? [] : diagnoseToken(facts, trust)),
      ...notes,
    ];
  }
  if (tls === null) return [];
  if (isFailure(tls)) return [connection(tls, facts)];
  const shown = { chain: tls.chain, host: registry.host, now: facts.now };
  const findings = [
    ...ofOwnAuthority(
      judgeChain(shown, trust).map((verdict) => fromVerdict(verdict, registry.name)),
      shown,
      trust,
    ),
    ...diagnoseRedirects(facts, trust),
    ...notToBePresented(registry.name, tls.chain, trust),
  ];
  if (hasErrors(findings) || answer === null) return findings;
  return [
    ...findings,
    ...(isFailure(answer) ? [afterHandshake(answer, facts)] : diagnoseAnswer(answer, facts)),
    ...diagnoseToken(facts, trust),
  ];
}

/** A certificate of our own authority that was revoked or replaced. dockerd accepts it (it asks no revocation list), so it is a warning. */
function notToBePresented(
  server: string,
  [leaf]: readonly Uint8Array[],
  { issued }: Trust,
): Finding[] {
  if (issued === undefined || leaf === undefined) return [];
  return judgePresented({ server, fingerprint: sha256(leaf) }, issued).map((finding) => ({
    ...finding,
    severity: 'warning',
  }));
}

/** Where our own authority signed the certificate, `add-registry` finds the CA by itself: the hint needs no --ca. */
function ofOwnAuthority(
  findings: readonly Finding[],
  shown: ShownChain,
  { own, ...trust }: Trust,
): Finding[] {
  const lacks = findings.some(({ code }) => LACKS_CA.test(code));
  if (own === undefined || !lacks) return [...findings];
  const trusted = { ...trust, roots: joinRoots(trust.roots, own), installed: [] };
  if (judgeChain(shown, trusted).length > 0) return [...findings];
  return findings.map((finding) =>
    LACKS_CA.test(finding.code)
      ? {
          ...finding,
          message: `its certificate is of this machine's own authority, which dockerd is not told to trust for it`,
          hint: `dockerctl trust add-registry ${finding.subject}`,
        }
      : finding,
  );
}

const LACKS_CA = /^registry-(?:unknown-authority|authority-changed|intermediate-missing)$/;

/** TLS did not come about: was it http all along, or is something else listening? */
function connection(failure: Failure, facts: ProbeFacts): Finding {
  const { registry, plain, otherPorts, port } = facts;
  const place = { subject: registry.name, name: registry.name, port };
  if (plain !== null && !isFailure(plain)) {
    return {
      code: 'registry-speaks-http',
      severity: 'error',
      subject: registry.name,
      message: `the server on port ${port} speaks http, not https: nothing it sends is protected, and dockerd refuses it`,
      hint: `give the server a certificate (\`${issueCommand(registry.name)}\`), or accept the risk: \`dockerctl insecure add ${registry.name}\``,
    };
  }
  // Where there was no time left to ask over http, nobody knows that it does not speak it.
  const finding = fromFailure(plain?.code === 'ETIMEDOUT' ? plain : failure, place);
  const open = otherPorts.map((other) => `${registry.name.replace(/:\d+$/, '')}:${other}`);
  return open.length === 0
    ? finding
    : {
        ...finding,
        code: 'registry-wrong-port',
        message: `${finding.message}; but ${open.join(' and ')} answers`,
        hint: `if that is the registry, its name is ${open[0] ?? ''}: \`dockerctl trust verify ${open[0] ?? ''}\``,
      };
}

/** With TLS 1.3 a server asks for the client certificate after the client thinks that it is done. */
function afterHandshake(failure: Failure, facts: ProbeFacts): Finding {
  const { registry, port, hasClient } = facts;
  const place = { subject: registry.name, name: registry.name, port };
  // Some servers close without an alert once they have seen a certificate that they do not like.
  const refused = hasClient && failure.code === 'ECONNRESET';
  const finding = fromFailure(
    refused ? { ...failure, code: 'ALERT_BAD_CERTIFICATE' } : failure,
    place,
  );
  // OpenSSL refuses some certificates that dockerd accepts: that is no error of the registry.
  return finding.code === 'registry-tls-failed' ? { ...finding, severity: 'warning' } : finding;
}

function insecureNote(name: string): Finding {
  return {
    code: 'registry-insecure',
    severity: 'info',
    subject: name,
    message: `it is listed as insecure: dockerd accepts any certificate and plain http, and shows it no client certificate`,
    hint: `dockerctl trust migrate ${name}`,
  };
}
