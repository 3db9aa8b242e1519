import { readPullerWord, type EngineWord } from '../../core/trust/diagnosis/engine-word.js';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { NO_SUCH_IMAGE } from './engine-resolve.js';

/** A program of a consumer's own that was made to pull, and what it said. */
export interface PullerWord {
  /** `skopeo`; '' where none is installed. */
  readonly by: string;
  readonly word: EngineWord;
}

type Argv = readonly [string, ...string[]];

/** skopeo, podman and buildah read the same files (containers-certs.d(5), containers-registries.conf(5)). */
export function askPodman(host: Host, registry: string, timeoutMs: number): Promise<PullerWord> {
  const image = `docker://${imageOf(registry)}`;
  const programs: readonly Argv[] = [
    ['skopeo', 'inspect', '--raw', image],
    ['podman', 'pull', '--quiet', image],
    ['buildah', 'pull', '--quiet', image],
  ];
  return askFirst(host, programs, timeoutMs);
}

/** ctr resolves by itself, with the folders that containerd's other clients read. */
export function askContainerd(
  host: Host,
  { registry, certsDir }: { readonly registry: string; readonly certsDir: string },
  timeoutMs: number,
): Promise<PullerWord> {
  const argv: Argv = ['ctr', 'images', 'pull', '--hosts-dir', certsDir, imageOf(registry)];
  return askFirst(host, [argv], timeoutMs);
}

function imageOf(registry: string): string {
  return `${registry}/${NO_SUCH_IMAGE}:none`;
}

/** By the first of these programs that is installed. */
async function askFirst(
  host: Host,
  programs: readonly Argv[],
  timeoutMs: number,
): Promise<PullerWord> {
  for (const argv of programs) {
    try {
      const ran = await host.exec.run(argv, { timeoutMs });
      const [by] = argv;
      if (ran.timedOut) return { by, word: { kind: 'none', why: `${by} gave no answer in time` } };
      return { by, word: readPullerWord(ran) };
    } catch (error) {
      if (systemErrorCode(error) !== 'ENOENT') throw error;
    }
  }
  const names = programs.map(([name]) => name).join(', ');
  return { by: '', word: { kind: 'none', why: `none of its programs (${names}) is installed` } };
}
