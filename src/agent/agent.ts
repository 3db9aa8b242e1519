import { createMemory, type Memory, type Now } from '../core/drift/memory.js';
import type { Report, ReportName } from '../core/drift/report.js';
import { mayRepair } from '../core/drift/repair.js';
import { settingsOf } from '../core/drift/settings.js';
import { standingOf } from '../core/drift/standing.js';
import type { Action, AgentEvent } from '../core/drift/events.js';
import { step } from '../core/drift/step.js';
import { messageOf } from '../errors.js';
import type { Host } from '../host/host.js';
import type { ApplyOptions } from '../system/apply.js';
import { readPause } from '../system/pause.js';
import { createFingerprint } from './fingerprint.js';
import { createInForce } from './in-force.js';
import type { Published } from './publisher.js';
import { carryOut } from './repair.js';
import { createReporter, type Emit } from './reporter.js';
import { ownPaths, type Scan, scan, watchedFolders, watchedPaths } from './scan.js';
import type { Sources } from './sources.js';
import { createUpkeep } from './upkeep.js';

export interface AgentOptions {
  readonly apply: ApplyOptions;
  /** A file or folder in place of this machine's declaration. */
  readonly from: string | null;
  readonly emit: Emit;
  /** Called after every scan and repair. */
  readonly publish: (state: Published) => void;
}

/** The brain with eyes and hands. One call at a time. */
export interface Agent {
  readonly memory: () => Memory;
  readonly report: (report: Report) => Promise<void>;
  /** Looks at the files, and tells the brain when they, or dockerd by its own word, have changed. */
  notice(from: 'files' | 'engine' | 'clock'): Promise<void>;
  /** Why the kernel does not tell of changes; null: it does. */
  watching(trouble: string | null): Promise<void>;
  /** Looks after certificates, as often as that is due. */
  keepUp(): Promise<void>;
  /** Reads declaration and pause again. */
  reread(): Promise<void>;
}

/** @throws what is wrong with the declaration: there is no last good one yet */
export function createAgent(host: Host, options: AgentOptions, sources: Sources): Agent {
  const inForce = createInForce(host, options.from);
  const tell = createReporter(host, options.emit);
  const fingerprint = createFingerprint(host);
  const ownFingerprint = createFingerprint(host);
  const upkeep = createUpkeep(host);
  const counts = new Map<ReportName, number>();
  let memory = createMemory(settingsOf(inForce.declaration()), nowOf(host));
  let degraded: string | null = null;
  let own = '';
  /** The state of the files that the brain knows of: it is told of a change once, and anew when it comes back. */
  let noticed = '';
  let last: Scan | null = null;
  let lastScan: number | null = null;

  const report = async (said: Report) => {
    counts.set(said.name, (counts.get(said.name) ?? 0) + 1);
    await tell(said);
  };
  const paths = () => watchedPaths(last?.situation ?? null);

  const look = async (): Promise<AgentEvent> => {
    const before = fingerprint(paths());
    noticed = before;
    try {
      const known = paths().join();
      last = await scan(host, inForce.declaration(), options.apply);
      lastScan = host.clock.now();
      const { observed } = last.situation.daemon;
      sources.folders(watchedFolders(host, [...paths(), ...ownPaths(host)]));
      sources.engine(observed.state === 'running' ? observed.endpoint : null);
      const seen = known === paths().join() ? before : '';
      return { kind: 'scanned', drifts: last.drifts, fingerprint: seen };
    } catch (error) {
      return { kind: 'scan-failed', reason: messageOf(error) };
    }
  };

  const act = async (action: Action): Promise<AgentEvent | null> => {
    switch (action.kind) {
      case 'report':
        await report(action.report);
        return null;
      case 'scan':
        return look();
      case 'repair': {
        const { repair } = action;
        const wanted = { declaration: inForce.declaration(), repair };
        const result = await carryOut(host, wanted, options.apply);
        return { kind: 'repaired', repair, result };
      }
    }
  };

  const publish = () => {
    const { pid, version } = host.self;
    const dockerUp = last?.situation.daemon.observed.state === 'running';
    const refused = inForce.refused();
    options.publish({
      memory,
      counters: { reports: counts, lastScan, dockerUp, version },
      now: nowOf(host),
      standing: standingOf(memory, { pid, version, lastScan, refused, degraded }),
      textfile: inForce.declaration().agent.textfile ?? null,
    });
  };

  const take = async (event: AgentEvent): Promise<void> => {
    const queue = [event];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const result = step(memory, next, nowOf(host));
      memory = result.memory;
      for (const action of result.actions) {
        const answer = await act(action);
        if (answer !== null) queue.push(answer);
      }
    }
    publish();
  };

  const reread = async (): Promise<void> => {
    await take({ kind: 'pause', pause: readPause(host) });
    const before = inForce.declaration();
    const said = inForce.reread();
    if (said !== null) await report(said);
    const now = inForce.declaration();
    if (now !== before) await take({ kind: 'settings', settings: settingsOf(now) });
  };

  return {
    memory: () => memory,
    report,
    reread,
    watching: async (trouble) => {
      if (trouble === degraded) return;
      const name = trouble === null ? 'watching-restored' : 'watching-degraded';
      degraded = trouble;
      await report({ name, drift: null, reason: trouble ?? 'the kernel tells of changes again' });
    },
    keepUp: async () => {
      if (last === null) return;
      const said = await upkeep(last.situation, mayRepair(memory, nowOf(host)));
      for (const one of said) await report(one);
      if (said.length > 0) await take({ kind: 'hint', fingerprint: null });
    },
    notice: async (from) => {
      const mine = ownFingerprint(ownPaths(host));
      if (mine !== own) {
        own = mine;
        await reread();
      }
      if (from === 'engine') return take({ kind: 'hint', fingerprint: null });
      const seen = fingerprint(paths());
      const news = seen !== noticed;
      noticed = seen;
      return take(news ? { kind: 'hint', fingerprint: seen } : { kind: 'tick' });
    },
  };
}

function nowOf({ clock, random }: Host): Now {
  const [byte = 0] = random.bytes(1);
  return { wall: clock.now(), mono: clock.monotonic(), random: byte / 256 };
}
