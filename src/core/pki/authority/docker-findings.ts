import type { Finding } from '../../plan/finding.js';
import { printable } from '../../text/printable.js';
import { rulesOfEngine } from '../go/rules/engine.js';
import type { RefusalCode } from '../go/rules/refusal.js';
import { acrossEngines, type SharedRefusal } from '../go/verify/across.js';
import { poolOf } from '../go/verify/pool.js';
import { certificateRefusals } from '../go/verify/single.js';
import { verifyAsGo } from '../go/verify/verify.js';
import { sentenceOf, wordsFor } from '../go/words/words.js';
import type { Certificate } from '../x509/read-certificate.js';
import { issueCommand } from './issue-command.js';

/** A certificate goes to many clients: whatever dockerd they have. */
export const EVERY_DOCKER = rulesOfEngine(null);

export interface IssuedChain {
  readonly leaf: Certificate;
  /** What comes with it, in the order in which it is sent. */
  readonly others: readonly Certificate[];
  /** Trusted by themselves. */
  readonly anchors: readonly Certificate[];
  /** The name a client would connect to; null asks about none. */
  readonly host: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How findings call it. */
  readonly subject: string;
}

/** What keeps a docker that trusts `anchors` from accepting the leaf for `host`, as `certificate-` and the rule. */
export function chainFindings({
  leaf,
  others,
  anchors,
  host,
  now,
  subject,
}: IssuedChain): Finding[] {
  const chain = [leaf, ...others].map(({ der }) => der);
  const trusted = anchors.map(({ der }) => der);
  const refusals = acrossEngines(
    EVERY_DOCKER,
    (rules) => verifyAsGo({ chain, trusted: poolOf(trusted, rules), host, now, rules }).refusals,
  );
  return refusals.map((refusal) => findingOf(refusal, { subject, host }));
}

/** What keeps every docker from accepting any chain with this certificate in it. */
export const certificateFindings = (
  { der }: Certificate,
  place: { readonly subject: string; readonly path?: string },
): Finding[] =>
  acrossEngines(EVERY_DOCKER, (rules) => certificateRefusals(der, rules)).map((refusal) =>
    findingOf(refusal, { ...place, host: null }),
  );

interface FindingSubject {
  readonly subject: string;
  readonly path?: string;
  readonly host: string | null;
}

function findingOf(refusal: SharedRefusal, { subject, path, host }: FindingSubject): Finding {
  const { code, onlyBy } = refusal;
  const name = printable(host ?? 'registry.example.com');
  const who = onlyBy === null ? 'docker' : `docker built with ${onlyBy.join(' or ')}`;
  return {
    code: `certificate-${code}`,
    severity: onlyBy === null ? 'error' : 'warning',
    subject,
    ...(path === undefined ? {} : { path }),
    message: `${who} refuses it, for ${sentenceOf(refusal)}.`,
    hint: HINTS[code] ?? wordsFor(code).advice({ name, issue: issueCommand(name) }),
  };
}

const ADD_CA =
  '--ca FILE with the certificate of that authority, and the intermediates behind the certificate in its file';

/** Where the words for a registry do not fit a file. */
const HINTS: Partial<Readonly<Record<RefusalCode, string>>> = {
  'unknown-authority': ADD_CA,
  'authority-changed': ADD_CA,
  'intermediate-missing': ADD_CA,
};

/** What was judged already by our own rules, by another name. */
const SAME: Readonly<Record<string, string>> = {
  'certificate-issuer-may-not-sign': 'authority-may-not-sign',
  'certificate-weak-signature': 'certificate-sha1',
  'certificate-only-common-name': 'certificate-no-names',
};

/** Both, each fault said once. */
export function withChain(judged: readonly Finding[], chain: readonly Finding[]): Finding[] {
  const said = judged.map(({ code }) => code);
  return [
    ...judged,
    ...chain.filter(({ code }) => !said.includes(code) && !said.includes(SAME[code] ?? code)),
  ];
}

/** `docker refuses it, for …`, for errors. */
export const refusalSentence = (refusal: SharedRefusal): string =>
  `docker${refusal.onlyBy === null ? '' : ` built with ${refusal.onlyBy.join(' or ')}`} refuses it, for ${sentenceOf(refusal)}`;
