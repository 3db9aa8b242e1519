import type { EngineEndpoint } from '../core/dockerd/observed/observed.js';
import type { Host } from '../host/host.js';
import { daemonEvents } from '../system/dockerd/engine.js';
import { createFolders } from './folders.js';

/** What tells of changes, by hints that may be missing or too many. What has ended is begun anew when it is asked for. */
export interface Sources {
  /** Listens to these folders, and to no others any more. */
  folders(paths: readonly string[]): void;
  /** Listens to a dockerd that runs; null: there is none. It is never asked otherwise: docker.socket would start it. */
  engine(endpoint: EngineEndpoint | null): void;
  close(): void;
}

export interface Listener {
  readonly files: () => void;
  readonly engine: () => void;
  /** Why the kernel does not tell us of files; null: it does from now on, so look at what changed before. */
  readonly watching: (trouble: string | null) => void;
}

export function createSources(host: Host, listener: Listener): Sources {
  const folders = createFolders(host, listener);
  let engine: Running | null = null;
  return {
    folders: folders.watch,
    engine(endpoint) {
      const key = JSON.stringify(endpoint);
      if (engine !== null && !engine.ended && engine.key === key) return;
      engine?.stop();
      engine =
        endpoint === null
          ? null
          : start(key, (signal) => watchEngine(host, endpoint, { signal, listener }));
    },
    close() {
      folders.close();
      engine?.stop();
    },
  };
}

interface Running {
  readonly key: string;
  ended: boolean;
  stop(): void;
}

function start(key: string, run: (signal: AbortSignal) => Promise<void>): Running {
  const ending = new AbortController();
  const running: Running = {
    key,
    ended: false,
    stop: () => {
      ending.abort();
    },
  };
  void run(ending.signal).finally(() => {
    running.ended = true;
  });
  return running;
}

interface Listening {
  readonly signal: AbortSignal;
  readonly listener: Listener;
}

async function watchEngine(
  host: Host,
  endpoint: EngineEndpoint,
  { signal, listener }: Listening,
): Promise<void> {
  const events = daemonEvents({ host, endpoint }, signal)[Symbol.asyncIterator]();
  try {
    while ((await events.next()).done !== true) listener.engine();
  } catch {
    // It went away: the scan that follows sees what became of it.
  }
  if (!signal.aborted) listener.engine();
}
