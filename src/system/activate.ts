import type { ObservedDaemon } from '../core/daemon/observed.js';
import type { Activated } from '../core/outcome.js';
import type { ActivationAction, Expectation } from '../core/plan.js';
import type { Host } from '../host/host.js';
import { isDockerctlError } from '../errors.js';
import { ping } from './engine.js';
import { proved, reloadDaemon } from './reload.js';
import { restartDaemon } from './restart.js';

/** The old files have run before: only that they still do is looked at. */
const RESTORED_MS = 1_000;

export interface ActivateRequest {
  readonly action: ActivationAction;
  readonly expect: readonly Expectation[];
  readonly containers: 'keep' | 'stop';
  /** Milliseconds that dockerd may take to be healthy again. */
  readonly timeoutMs: number;
  readonly stableMs?: number;
  readonly progress?: (message: string) => void;
}

/**
 * Makes dockerd notice its files, and returns once it is seen to have done so.
 * @throws no-daemon, cannot-restart, daemon-refused, daemon-down: with dockerd's own words where it has any
 */
export async function activate(
  host: Host,
  observed: ObservedDaemon,
  request: ActivateRequest,
): Promise<Activated | null> {
  const started = host.clock.monotonic();
  switch (request.action) {
    case 'none':
      return null;
    case 'reload':
      request.progress?.('reloading dockerd');
      return reloadDaemon(host, observed, request);
    case 'restart': {
      const runs = observed.state === 'running';
      request.progress?.(runs ? 'restarting dockerd' : 'starting dockerd');
      await restartDaemon(host, observed, request);
      return {
        action: 'restart',
        how: runs ? 'restart' : 'start',
        milliseconds: Math.round(host.clock.monotonic() - started),
        proof: ['dockerd is up and stays up', ...proved(request.expect)],
      };
    }
  }
}

/**
 * Brings dockerd back to files that were put back. Proves only that it is up, as it was before.
 * @throws daemon-down when it is not
 */
export async function restoreDaemon(
  host: Host,
  observed: ObservedDaemon,
  { action, timeoutMs }: Pick<ActivateRequest, 'action' | 'timeoutMs'>,
): Promise<void> {
  if (action === 'none') return;
  if (action === 'reload' && (await reloaded(host, observed, timeoutMs))) return;
  try {
    await restartDaemon(host, observed, { expect: [], timeoutMs, stableMs: RESTORED_MS });
  } catch (error) {
    if (observed.state === 'running' || !isDockerctlError(error) || error.code !== 'daemon-down')
      throw error;
    // It did not run before either.
  }
}

/** A daemon that refuses the old file too, but lives, still runs as before. */
async function reloaded(host: Host, observed: ObservedDaemon, timeoutMs: number): Promise<boolean> {
  try {
    await reloadDaemon(host, observed, { expect: [], timeoutMs });
    return true;
  } catch {
    const { endpoint } = observed;
    return endpoint !== null && (await ping({ host, endpoint }));
  }
}
