import type { Declaration } from '../core/declaration/schema.js';
import type { Situation } from '../core/declaration/desired.js';
import type { AgentEvent } from '../core/agent/events.js';
import { messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import { createFingerprint } from './fingerprint.js';
import { ownPaths, type Scan, scan, watchedFolders, watchedPaths } from './scan.js';
import type { Sources } from './sources.js';

/** A complete scan; `at` in milliseconds since 1970. */
export interface Seen extends Scan {
  readonly at: number;
}

/** The agent's eyes: what it saw last, and whether that may have changed since. */
export interface Sight {
  readonly last: () => Seen | null;
  /** Looks at everything, and listens from then on where it looked. */
  look(declaration: Declaration): Promise<AgentEvent>;
  /** The state of the watched files where it is news: a change is told of once, and anew when it comes back. */
  glance(): string | null;
  /** Whether the files that say what the agent shall do have changed since this was asked last. */
  ordersChanged(): boolean;
}

export function createSight(
  host: Host,
  options: { readonly config: string | null },
  sources: Sources,
): Sight {
  const fingerprint = createFingerprint(host);
  const fingerprintOfOrders = createFingerprint(host);
  let noticed = '';
  let orders = '';
  let last: Seen | null = null;
  const paths = () => watchedPaths(last?.situation ?? null);
  return {
    last: () => last,
    async look(declaration) {
      const known = paths();
      noticed = fingerprint(known);
      const before = noticed;
      try {
        const seen = await scan(host, declaration, options);
        last = { ...seen, at: host.clock.now() };
        listen(host, sources, seen.situation);
        const same = known.join() === paths().join();
        return {
          kind: 'scanned',
          drifts: seen.drifts,
          fingerprint: same ? before : '',
          answered: answered(seen.situation),
        };
      } catch (error) {
        return { kind: 'scan-failed', reason: messageOf(error) };
      }
    },
    glance() {
      const now = fingerprint(paths());
      const news = now !== noticed;
      noticed = now;
      return news ? now : null;
    },
    ordersChanged() {
      const now = fingerprintOfOrders(ownPaths(host));
      const changed = now !== orders;
      orders = now;
      return changed;
    },
  };
}

/** Where there is none to ask, or none that may be asked, no later question helps. */
function answered({ daemon: { observed } }: Situation): boolean {
  const { state, info, forbidden } = observed;
  return info !== null || forbidden || state === 'absent' || state === 'masked';
}

function listen(host: Host, sources: Sources, situation: Situation): void {
  const { observed } = situation.daemon;
  sources.folders(watchedFolders(host, [...watchedPaths(situation), ...ownPaths(host)]));
  sources.engine(observed.state === 'running' ? observed.endpoint : null);
}
