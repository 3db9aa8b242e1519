import type { Declaration } from '../core/declaration/schema.js';
import type { MachineState } from '../core/declaration/desired.js';
import type { AgentEvent } from '../core/agent/events.js';
import { messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import { createFingerprint } from './fingerprint.js';
import { ownPaths, type MachineScan, scan, watchedFolders, watchedPaths } from './scan.js';
import type { Sources } from './sources.js';

/** A complete scan; `at` in milliseconds since 1970, `ended` monotonic. */
export interface Seen extends MachineScan {
  readonly at: number;
  readonly ended: number;
}

/** Scans the machine: the last scan, and whether anything may have changed since. */
export interface Observer {
  readonly last: () => Seen | null;
  /** Scans everything, and watches from then on what it scanned. */
  look(declaration: Declaration): Promise<AgentEvent>;
  /** The fingerprint of the watched files if it differs from the last one that this or `look` returned; else null. */
  glance(): string | null;
  /** Whether the files that say what the agent shall do have changed since this was asked last. */
  ordersChanged(): boolean;
}

export function createObserver(
  host: Host,
  options: { readonly config: string | null },
  sources: Sources,
): Observer {
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
        last = { ...seen, at: host.clock.now(), ended: host.clock.monotonic() };
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

/** Whether /info needs no second question: it answered, or there is no dockerd, or none that this user may ask. */
function answered({ daemon: { observed } }: MachineState): boolean {
  const { state, info, forbidden } = observed;
  return info !== null || forbidden || state === 'absent' || state === 'masked';
}

function listen(host: Host, sources: Sources, situation: MachineState): void {
  const { observed } = situation.daemon;
  sources.folders(watchedFolders(host, [...watchedPaths(situation), ...ownPaths(host)]));
  sources.engine(observed.state === 'running' ? observed.endpoint : null);
}
