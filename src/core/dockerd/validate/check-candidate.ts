import { bytesOf } from '../../plan/content.js';
import type { Plan } from '../../plan/plan.js';
import type { HostFacts } from './host-facts.js';
import type { ObservedDaemon } from '../observed/observed.js';
import { validateConfig, type ValidationInput, type ConfigVerdict } from './validate.js';
import { engineOf } from '../options/keys/version.js';

/** What dockerd would read after a plan; null when the plan leaves its file alone, or deletes it. */
export function candidateOf(plan: Plan, { configPath }: ObservedDaemon): Uint8Array | null {
  const after = plan.changes.find(({ path }) => path === configPath)?.after ?? null;
  return after === null || 'secret' in after.content ? null : bytesOf(after.content, new Map());
}

/** What dockerd makes of no file. */
export const NO_FILE = Buffer.from('{}');

/** Ours, on what this dockerd would read. Of one observation a text is judged once: each family of findings asks. */
export function verdictOn(
  bytes: Uint8Array,
  observed: ObservedDaemon,
  host: HostFacts,
): ConfigVerdict {
  const known = JUDGED.get(observed);
  if (known?.host === host && Buffer.compare(known.bytes, bytes) === 0) return known.verdict;
  const verdict = validateConfig({
    ...judgedBy(observed),
    bytes,
    path: observed.configPath,
    host,
  });
  JUDGED.set(observed, { bytes, host, verdict });
  return verdict;
}

interface JudgedText {
  readonly bytes: Uint8Array;
  readonly host: HostFacts;
  readonly verdict: ConfigVerdict;
}

const JUDGED = new WeakMap<ObservedDaemon, JudgedText>();

/** The flags and the engine that a file is judged by: those of the next start, and of the process for a reload. */
export function judgedBy(
  observed: ObservedDaemon,
): Pick<ValidationInput, 'engine' | 'argv' | 'running' | 'sourceOf'> {
  const { version, argv: running, startWords } = observed;
  return {
    engine: engineOf(version),
    argv: startWords.map(({ word }) => word),
    ...(hasNewFlags(observed) && { running }),
    sourceOf: (wanted, at) =>
      [...startWords.slice(at, (at ?? 0) + 1), ...startWords].find(
        ({ word, source }) => word === wanted && source.startsWith('/'),
      )?.source,
  };
}

/** Whether a dockerd that runs would be started with other flags than it was. */
export function hasNewFlags({ argv, startWords, state }: ObservedDaemon): boolean {
  const wanted = startWords.slice(1).map(({ word }) => word);
  return state === 'running' && argv.slice(1).join('\0') !== wanted.join('\0');
}
