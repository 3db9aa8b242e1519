import type { Finding } from '../../plan/finding.js';
import { printable } from '../../text/printable.js';
import { judgeChain, type ChainProblem, type ChainVerdict } from './chain.js';
import { decodeX509 } from '../../pki/x509/x509.js';
import { CHAIN_FINDINGS, FAILURES, issueFor, type Mending } from './diagnoses.js';
import { diagnoseAnswer } from './diagnose-answer.js';
import { isFailure, type Failure, type ProbeFacts, type Shown } from './facts.js';
import type { Roots } from './roots.js';

/** The trust dockerd would use for one registry. */
export interface Trust {
  readonly roots: Roots;
  /** Subjects of the authorities installed for this registry. */
  readonly installed: readonly string[];
}

/**
 * Why dockerd can, or cannot, use the registry: the first step that fails, in plain words, with the command that mends
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
      ...notes,
    ];
  }
  if (tls === null) return [];
  if (isFailure(tls)) return [connection(tls, facts)];
  const verdicts = judge(tls, { trust, host: registry.host, now: facts.now });
  if (verdicts.length > 0) return verdicts.map((verdict) => fromVerdict(verdict, registry.name));
  if (answer === null) return [];
  return [
    ...(isFailure(answer) ? [afterHandshake(answer, facts)] : diagnoseAnswer(answer, facts)),
    ...diagnoseToken(facts, trust),
  ];
}

/** The verdicts on what a server showed. What cannot be decoded is no certificate. */
export function judge(
  shown: Shown,
  { trust, host, now }: { readonly trust: Trust; readonly host: string; readonly now: number },
): ChainVerdict[] {
  const chain = shown.chain.flatMap((der) => {
    try {
      return [decodeX509(der)];
    } catch {
      return [];
    }
  });
  return judgeChain({ chain, roots: trust.roots, installed: trust.installed, host, now });
}

interface Place {
  readonly subject: string;
  readonly name: string;
  readonly port: number;
}

function fromFailure({ code, message }: Failure, place: Place): Finding {
  const row = FAILURES.find(({ codes }) => codes.test(code)) ?? {
    code: 'registry-tls-failed',
    says: () => `the connection failed: ${printable(message)}`,
    mend: ({ name, port }: Mending) => `curl -v https://${name.replace(/:\d+$/, '')}:${port}/v2/`,
  };
  return {
    code: row.code,
    severity: 'error',
    subject: place.subject,
    message: `${row.says(place)} (${printable(code)})`,
    hint: row.mend(place),
  };
}

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
      hint: `give the server a certificate (${issueFor(registry.name)}), or accept the risk: dockerctl insecure add ${registry.name}`,
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
        hint: `if that is the registry, its name is ${open[0] ?? ''}: dockerctl trust verify ${open[0] ?? ''}`,
      };
}

/** With TLS 1.3 a server asks for the client certificate after the client thinks that it is done. */
function afterHandshake(failure: Failure, facts: ProbeFacts): Finding {
  const { registry, port, hasClient } = facts;
  const place = { subject: registry.name, name: registry.name, port };
  // Some servers close without an alert once they have seen a certificate that they do not like.
  const refused = hasClient && failure.code === 'ECONNRESET';
  return fromFailure(refused ? { ...failure, code: 'ALERT_BAD_CERTIFICATE' } : failure, place);
}

function fromVerdict({ problem, detail }: ChainVerdict, name: string): Finding {
  const { says, mend } = CHAIN_FINDINGS[problem];
  return {
    code: `registry-${problem}`,
    severity: 'error',
    subject: name,
    message: `${says}: ${detail}`,
    hint: mend(name),
  };
}

/** dockerd asks the realm with the registry's own trust (moby registry/session.go); containerd before 29.5 does not. */
function diagnoseToken({ registry, token, now }: ProbeFacts, trust: Trust): Finding[] {
  if (token === null) return [];
  const { name, host, tls } = token;
  const from = (finding: Finding): Finding => ({
    ...finding,
    code: `token-${finding.code}`,
    subject: registry.name,
    message: `it sends clients for a token to another server, ${name}, and that fails: ${finding.message}`,
  });
  if (token.scheme === 'http') {
    return [
      {
        code: 'token-over-http',
        severity: 'warning',
        subject: registry.name,
        message: `it has clients send their password to ${name} over http, where everybody can read it`,
        hint: 'set the realm of the registry (auth.token.realm, or Harbor external_url) to an https address',
      },
    ];
  }
  if (tls === null) return [];
  if (isFailure(tls)) return [from(fromFailure(tls, { subject: registry.name, name, port: 443 }))];
  // What was installed for the registry says nothing of another server's authority.
  const verdicts = judge(tls, { trust: { ...trust, installed: [] }, host, now });
  return verdicts.map((verdict) => {
    const finding = from(fromVerdict(verdict, name));
    return LACKS_CA.has(verdict.problem)
      ? { ...finding, hint: bothTrusted(registry.name, name) }
      : finding;
  });
}

const LACKS_CA: ReadonlySet<ChainProblem> = new Set([
  'unknown-authority',
  'proxy-in-between',
  'authority-changed',
  'intermediate-missing',
]);

/** dockerd has no folder for a token server: it takes the registry's own, or the system's store. */
function bothTrusted(registry: string, tokenServer: string): string {
  return `dockerctl trust add-ca FILE with the CA of ${tokenServer}; or, with the CAs of both in one file: dockerctl trust add-registry ${registry} --ca FILE`;
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
