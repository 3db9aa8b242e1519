import { stringsOf } from '../../core/dockerd/options/meaning.js';
import { normalizeMirror } from '../../core/dockerd/options/mirrors.js';
import type { ObservedDaemon } from '../../core/dockerd/observed/observed.js';
import { atPointer } from '../../core/plan/expectation.js';
import type { EngineWord } from '../../core/trust/diagnosis/engine-word.js';
import { readMirrorWords } from '../../core/trust/diagnosis/mirror-words.js';
import { logSinceNow } from '../../system/dockerd/daemon-log.js';
import { resolveOnEngine } from '../../system/trust/engine-resolve.js';
import type { MirrorResult } from '../../system/trust/mirror-test.js';
import { deadline } from '../../system/systemd/deadline.js';
import type { Context } from '../context/command.js';
import { whyUnasked } from './prove.js';

/** Our own result, and dockerd's word on the mirror: it decides. */
export interface WeighedMirror extends MirrorResult {
  /** null: dockerd was not made to ask it, or wrote nothing of it. */
  readonly dockerd: 'gets through' | 'refuses' | null;
}

/** Mirrors of one registry, with our own results. */
export interface MirrorsOf {
  readonly results: readonly MirrorResult[];
  /** Whose: `docker.io` */
  readonly registry: string;
  /** As a hosts.toml names them; null: those of Docker Hub that dockerd has. */
  readonly hosts: readonly string[] | null;
}

/**
 * Has dockerd look for an image that nobody has, for which it asks each of its mirrors, and reads in its log what
 * became of each. Mirrors that it does not have cannot be asked so.
 */
export async function weighMirrors(
  context: Context,
  observed: ObservedDaemon,
  { results, registry, hosts }: MirrorsOf,
): Promise<{ readonly mirrors: readonly WeighedMirror[]; readonly unasked: string | null }> {
  const unasked = whyUnasked(context, observed);
  const words =
    unasked === null
      ? await wordsOf(context, observed, { registry, hosts })
      : new Map<string, EngineWord>();
  return { mirrors: results.map((one) => weigh(one, words)), unasked };
}

async function wordsOf(
  { host, options, terminal }: Context,
  observed: ObservedDaemon,
  { registry, hosts }: Omit<MirrorsOf, 'results'>,
): Promise<ReadonlyMap<string, EngineWord>> {
  const { endpoint, info } = observed;
  const mirrors = hosts ?? stringsOf(atPointer(info ?? {}, '/RegistryConfig/Mirrors'));
  if (endpoint === null || mirrors.length === 0) return new Map();
  const log = await logSinceNow(host, observed);
  await resolveOnEngine({ host, endpoint }, [registry], {
    clock: deadline(host, options.timeoutMs / 2),
    done: () => {
      terminal.progress('dockerd asked its mirrors');
    },
  });
  const lines = (await log()).map(({ message }) => message);
  return readMirrorWords(lines, mirrors.map(hostOf));
}

function hostOf(mirror: string): string {
  return URL.canParse(mirror) ? new URL(normalizeMirror(mirror)).host : mirror;
}

function weigh(own: MirrorResult, words: ReadonlyMap<string, EngineWord>): WeighedMirror {
  const word = words.get(hostOf(own.mirror));
  if (word === undefined || word.kind === 'none') return { ...own, dockerd: null };
  const { reason, verdict } = own;
  if (word.kind === 'refuses') {
    const differs = verdict === 'dead' ? '' : `, though by our own check it ${reason}`;
    const said = `dockerd itself says: ${word.says}${differs}`;
    return { ...own, verdict: 'dead', dockerd: 'refuses', reason: said };
  }
  // What we could not connect to, dockerd did; what it answered us is no matter of trust.
  const overruled = verdict === 'dead' && own.status === null && own.tls !== '-';
  return overruled
    ? {
        ...own,
        ...{ verdict: 'answers', dockerd: 'gets through' },
        reason: `dockerd itself gets through, though by our own check: ${reason}`,
      }
    : { ...own, dockerd: 'gets through' };
}
