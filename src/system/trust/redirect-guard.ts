import { isInner } from '../../core/registry/inner-address.js';
import { systemErrorCode } from '../../errors.js';
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
 * One address that is inner is enough to lead inside, and all have to be for a registry that is there itself; of a name
 * that could not be resolved in time nobody knows where it leads. What does not exist leads nowhere.
 */
export async function leadsInside(
  { net }: Host,
  { from, to, timeoutMs }: Redirect,
): Promise<boolean> {
  if (from === to) return false;
  const target = await addressesOf(net, to, timeoutMs);
  if (target !== null && !target.some(isInner)) return false;
  const own = await addressesOf(net, from, timeoutMs);
  return own === null || own.length === 0 || !own.every(isInner);
}

/** None where there is no such name; null where that cannot be told. */
async function addressesOf(net: Host['net'], name: string, timeoutMs: number) {
  try {
    return await net.resolve(name, timeoutMs);
  } catch (error) {
    return systemErrorCode(error) === 'ENOTFOUND' ? [] : null;
  }
}
