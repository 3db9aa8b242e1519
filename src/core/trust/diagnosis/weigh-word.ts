import type { Finding } from '../../plan/finding.js';
import type { EngineWord, RefusalCause, SilenceCause } from './engine-word.js';
import { utcTime } from '../../text/utc-time.js';

/** Our diagnosis and dockerd's word in one: what is known of a registry. */
export interface Weighed {
  readonly findings: readonly Finding[];
  /** dockerd itself got through, and nothing that it did not look at stands against it. */
  readonly proved: boolean;
}

/** What dockerd said, and what it may not know. */
export interface Spoken {
  readonly word: EngineWord;
  /** When the system's certificates changed, and dockerd was started before; null where they did not, or nobody knows. */
  readonly store: StoreChange | null;
}

/** Milliseconds since 1970. */
export interface StoreChange {
  readonly path: string;
  readonly changedAt: number;
  readonly startedAt: number;
}

/**
 * dockerd's word decides what it speaks of: what our own check has against a registry that dockerd reaches is no more than a
 * warning, and what dockerd refuses is an error whatever we found. Both are shown where they differ.
 */
export function weighWord(
  registry: string,
  findings: readonly Finding[],
  { word, store }: Spoken,
): Weighed {
  switch (word.kind) {
    case 'none':
      return { findings: [...findings, unproved(registry, word)], proved: false };
    case 'resolves': {
      const weighed = findings.map((finding) => overruled(finding, word));
      return { findings: weighed, proved: weighed.every(({ severity }) => severity !== 'error') };
    }
    case 'refuses': {
      const alone = !findings.some(({ severity }) => severity === 'error');
      const refused = refusal(registry, word, { alone, store });
      const byHosts = findings.some(({ code }) => code === 'registry-by-hosts-toml');
      const hint = `correct the servers of its hosts.toml, or take them back: \`dockerctl mirrors clear --for ${registry}\``;
      return {
        findings: [...findings, alone && byHosts ? { ...refused, hint } : refused],
        proved: false,
      };
    }
  }
}

/** What a status or a wanted login does not disprove: something answers, and it is no registry, or lets nobody in. */
const ABOUT_THE_ANSWER =
  /^registry-(?:not-a-registry|no-challenge|forbids|broken|redirects|garbage|proxy-login)$/;

/** What answers there is no registry, by our own check: a bare "not found" is then no proof to anybody. */
export function doubtsTheAnswer(findings: readonly Finding[]): boolean {
  return findings.some(({ severity, code }) => severity === 'error' && ABOUT_THE_ANSWER.test(code));
}

function overruled(
  finding: Finding,
  { sure }: Extract<EngineWord, { readonly kind: 'resolves' }>,
): Finding {
  if (finding.severity !== 'error' || (!sure && ABOUT_THE_ANSWER.test(finding.code)))
    return finding;
  return {
    ...finding,
    severity: 'warning',
    message: `dockerd itself gets through, though by our own check: ${finding.message}`,
  };
}

function refusal(
  registry: string,
  { cause, says }: RefusingWord,
  { alone, store }: { readonly alone: boolean; readonly store: StoreChange | null },
): Finding {
  const word = {
    code: !alone && cause === 'network' ? 'registry-engine-unreached' : 'registry-engine-refuses',
    severity: 'error' as const,
    subject: registry,
    message: `${alone ? 'our own check finds nothing, and yet ' : ''}dockerd itself says: ${says}`,
  };
  if (!alone) return { ...word, hint: `as the other findings of ${registry} say` };
  if (store === null || cause !== 'trust' || !says.includes('unknown authority'))
    return { ...word, hint: hintFor(registry, cause) };
  return {
    ...word,
    code: 'registry-store-not-loaded',
    path: store.path,
    message: `the system's certificates changed on ${utcTime(store.changedAt)}, after dockerd was started (${utcTime(store.startedAt)}), and it reads them once, at its first use; it says: ${says}`,
    hint: 'dockerctl daemon restart',
  };
}

type RefusingWord = Extract<EngineWord, { readonly kind: 'refuses' }>;

/** What dockerd sees and we do not: a proxy of its own. */
function hintFor(registry: string, cause: RefusalCause): string {
  const between =
    'a proxy that only dockerd uses may be in between: `dockerctl config show --effective`';
  return cause === 'answer'
    ? `look at what it answers: \`curl -v https://${registry}/v2/\`; ${between}`
    : between;
}

function unproved(
  registry: string,
  { why, cause }: Extract<EngineWord, { readonly kind: 'none' }>,
): Finding {
  return {
    code: 'registry-not-proved',
    severity: 'info',
    subject: registry,
    message: `not proved by dockerd: ${why}`,
    hint: (cause === undefined ? onceItRuns : WHAT_HELPS[cause])(registry),
  };
}

const onceItRuns = (registry: string): string =>
  `\`dockerctl trust verify ${registry} --require-proof\` once dockerd runs`;

const WHAT_HELPS: Readonly<Record<SilenceCause, (registry: string) => string>> = {
  closed: (registry) => `sudo dockerctl trust verify ${registry} --require-proof`,
  late: (registry) => `dockerctl trust verify ${registry} --require-proof --timeout 60s`,
  spared: (registry) => `as the other findings of ${registry} say`,
  unclear: (registry) =>
    `see what it says to the same pull: \`docker pull ${registry}/no-such-image\``,
};
