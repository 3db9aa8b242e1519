import { join } from 'node:path';
import type { Pause } from '../../core/agent/state.js';
import { statePaths } from '../../core/transaction/state-paths.js';
import { systemErrorCode } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { replaceDurably } from '../history/journal.js';

export function pausePath({ self }: Host): string {
  return join(statePaths(self).stateFolder, 'pause.json');
}

/** null where repairs are not paused. What cannot be read counts as a pause: somebody wanted one. */
export function readPause(host: Host): Pause | null {
  const path = pausePath(host);
  try {
    const pause = JSON.parse(Buffer.from(host.fs.read(path)).toString('utf8')) as Pause;
    return pause.until !== null && pause.until <= host.clock.now() ? null : pause;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT' || systemErrorCode(error) === 'ENOTDIR') return null;
    return { reason: `${path} cannot be read`, by: 'nobody', until: null };
  }
}

export function writePause(host: Host, pause: Pause): void {
  replaceDurably(host, pausePath(host), `${JSON.stringify(pause)}\n`);
}

/**
 * Leaves a pause that is over, by any clock: the agent sees that somebody spoke, also where nothing was paused, and also
 * after the clock has jumped back.
 */
export function endPause(host: Host): void {
  const { user: by } = host.self;
  const reason = `resumed at ${new Date(host.clock.now()).toISOString()}`;
  writePause(host, { reason, by, until: 0 });
}
