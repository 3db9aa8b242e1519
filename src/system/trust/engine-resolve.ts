import type { Finding } from '../../core/plan/finding.js';
import { engineFinding } from '../../core/trust/diagnosis/engine-word.js';
import { messageOf } from '../../errors.js';
import type { Engine } from '../dockerd/engine.js';

/** An image name that no registry has: the engine must ask, and has nothing to download. */
const NO_SUCH_IMAGE = 'dockerctl-verify/no-such-image';

/** The daemon's own word: it is made to resolve an image that cannot exist, by the way every pull takes. */
export async function askEngine(
  { host, endpoint }: Engine,
  registry: string,
  timeoutMs: number,
): Promise<Finding[]> {
  const query = new URLSearchParams({ fromImage: `${registry}/${NO_SUCH_IMAGE}`, tag: 'none' });
  try {
    const { status, body } = await host.net.request({
      ...endpoint,
      method: 'POST',
      path: `/images/create?${query.toString()}`,
      timeoutMs,
      limit: 64 * 1024,
    });
    return engineFinding(registry, { status, body });
  } catch (error) {
    return engineFinding(registry, { status: 0, body: messageOf(error) });
  }
}
