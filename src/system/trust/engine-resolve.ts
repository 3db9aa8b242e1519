import { readEngineWord, type EngineWord } from '../../core/trust/diagnosis/engine-word.js';
import { messageOf } from '../../errors.js';
import type { Engine } from '../dockerd/engine.js';
import type { Deadline } from '../systemd/deadline.js';

/** An image name that no registry has: the engine must ask, and has nothing to download. */
export const NO_SUCH_IMAGE = 'dockerctl-verify/no-such-image';
const AT_ONCE = 16;

/**
 * The daemon's own word of each registry: it is made to resolve an image that cannot exist, by the way every pull takes.
 * `done` is told of each, and may throw; nothing else does. All within `clock`; nothing may be asked whose certificates end dockerd.
 */
export async function resolveOnEngine(
  engine: Engine,
  registries: readonly string[],
  { clock, done }: { readonly clock: Deadline; readonly done: (registry: string) => void },
): Promise<ReadonlyMap<string, EngineWord>> {
  const words = new Map<string, EngineWord>();
  const queue = registries.values();
  const work = async (): Promise<void> => {
    for (const registry of queue) {
      words.set(registry, await askOne(engine, `${registry}/${NO_SUCH_IMAGE}`, clock.left()));
      done(registry);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return words;
}

async function askOne(
  { host, endpoint }: Engine,
  image: string,
  timeoutMs: number,
): Promise<EngineWord> {
  const query = new URLSearchParams({ fromImage: image, tag: 'none' });
  const path = `/images/create?${query.toString()}`;
  try {
    const { status, body } = await host.net.request({
      ...endpoint,
      method: 'POST',
      path,
      timeoutMs,
      limit: 64 * 1024,
    });
    return readEngineWord({ status, body });
  } catch (error) {
    return readEngineWord({ status: 0, body: messageOf(error) });
  }
}
