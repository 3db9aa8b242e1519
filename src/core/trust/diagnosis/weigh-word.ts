import type { Finding } from '../../plan/finding.js';
import type { EngineWord, RefusalCause } from './engine-word.js';

/** Our diagnosis and dockerd's word in one: what is known of a registry. */
export interface Weighed {
  readonly findings: readonly Finding[];
  /** dockerd itself got through, and nothing that it did not look at stands against it. */
  readonly proved: boolean;
}

/**
 * dockerd's word decides what it speaks of: what our own check has against a registry that dockerd reaches is no more than a
 * warning, and what dockerd refuses is an error whatever we found. Both are shown where they differ.
 */
export function weighWord(
  registry: string,
  findings: readonly Finding[],
  word: EngineWord,
): Weighed {
  switch (word.kind) {
    case 'none':
      return { findings: [...findings, unproved(registry, word.why)], proved: false };
    case 'resolves': {
      const weighed = findings.map((finding) => overruled(finding, word));
      return { findings: weighed, proved: weighed.every(({ severity }) => severity !== 'error') };
    }
    case 'refuses': {
      const alone = !findings.some(({ severity }) => severity === 'error');
      const refused = refusal(registry, word, alone);
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
  { cause, says }: Extract<EngineWord, { readonly kind: 'refuses' }>,
  alone: boolean,
): Finding {
  return {
    code: !alone && cause === 'network' ? 'registry-engine-unreached' : 'registry-engine-refuses',
    severity: 'error',
    subject: registry,
    message: `${alone ? 'our own check finds nothing, and yet ' : ''}dockerd itself says: ${says}`,
    hint: alone ? hintFor(registry, { cause, says }) : `as the other findings of ${registry} say`,
  };
}

/** What dockerd sees and we do not: a system store that it read before it was changed, a proxy of its own. */
function hintFor(
  registry: string,
  { cause, says }: { readonly cause: RefusalCause; readonly says: string },
): string {
  if (cause === 'trust' && says.includes('unknown authority'))
    return 'dockerd reads the certificates of the system once, at its start: `dockerctl daemon restart`; if that changes nothing, a proxy that only dockerd uses is in between: `dockerctl config show --effective`';
  if (cause === 'answer')
    return `look at what it answers: \`curl -v https://${registry}/v2/\`; a proxy that only dockerd uses may be in between: \`dockerctl config show --effective\``;
  return 'a proxy that only dockerd uses may be in between: `dockerctl config show --effective`';
}

function unproved(registry: string, why: string): Finding {
  return {
    code: 'registry-not-proved',
    severity: 'info',
    subject: registry,
    message: `not proved by dockerd: ${why}`,
    hint: `\`dockerctl trust verify ${registry} --require-proof\` once dockerd runs`,
  };
}
