import { isInner } from '../../core/registry/inner-address.js';
import type { Host } from '../../host/host.js';

interface Redirect {
  /** Hosts, without brackets. */
  readonly from: string;
  readonly to: string;
  readonly timeoutMs: number;
}

/**
 * Whether a server sends us to this very machine, or to what only stands next to it, though it is not there itself. The
 * name is resolved again when it is dialled: a server that answers for it can still change its mind in between.
 * Rejects where a name cannot be resolved.
 */
export async function leadsInside(
  { net }: Host,
  { from, to, timeoutMs }: Redirect,
): Promise<boolean> {
  const inner = async (host: string) => (await net.resolve(host, timeoutMs)).some(isInner);
  return from !== to && (await inner(to)) && !(await inner(from));
}
