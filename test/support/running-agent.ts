import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runAgent } from '../../src/agent/loop.js';
import type { GlobalOptions } from '../../src/app/context/command.js';
import { SILENT, unattended } from '../../src/app/context/unattended.js';
import type { PublishedState } from '../../src/agent/publisher.js';
import type { Host } from '../../src/host/host.js';
import { afterwards, temporaryHost } from './node-host.js';

const DAEMON_JSON = '/etc/docker/daemon.json';
const DECLARATION = '/etc/dockerctl/dockerctl.json5';
/** Half-written files alone get five seconds. */
const PATIENCE_MS = 120_000;

/** The real agent over a real folder, in our own process. There is no dockerd below a root: files are all it sees. */
export interface RunningAgent {
  /** The folder that is its machine. */
  readonly root: string;
  /** Messages so far, as `drift-detected: …`. */
  readonly told: string[];
  readonly state: () => PublishedState | null;
  /** Resolves once something with this beginning was told, `times` times. */
  heard(beginning: string, times?: number): Promise<void>;
  until(condition: () => boolean): Promise<void>;
  write(path: string, text: string): void;
  read(path: string): string;
  signal(name: 'SIGTERM' | 'SIGHUP'): void;
  /** Resolves once it has ended. */
  readonly ended: Promise<void>;
}

export interface AgentSetting {
  /** Without its braces: `mirrors: [], drift: {…}`. */
  readonly declared: string;
  readonly daemonJson?: string;
  /** The host as the agent shall see it. */
  readonly through?: (host: Host, root: string) => Host;
  /** Takes another agent.listen over. */
  readonly listen?: (address: string | null) => Promise<void>;
}

export function startAgent({
  declared,
  daemonJson,
  through = (host) => host,
  listen,
}: AgentSetting): RunningAgent {
  const { host: real, root } = temporaryHost();
  const handlers = new Map<string, Set<() => void>>();
  const told: string[] = [];
  let state: PublishedState | null = null;
  let wake: () => void = () => undefined;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const signal = (name: string) => {
    for (const handler of handlers.get(name) ?? []) handler();
  };
  const host: Host = {
    ...real,
    self: { ...real.self, env: {} },
    signals: {
      on: (name, handler) => {
        const set = handlers.get(name) ?? new Set();
        handlers.set(name, set.add(handler));
        return () => set.delete(handler);
      },
    },
  };
  write(DECLARATION, `{ ${declared} }`);
  if (daemonJson !== undefined) write(DAEMON_JSON, daemonJson);
  const ended = runAgent(through(host, root), {
    apply: { ...APPLY, commandLine: 'watch' },
    context: unattended({
      host,
      options: OPTIONS,
      commandLine: 'watch',
      terminal: SILENT,
      looks: { last: null },
    }),
    from: null,
    ...(listen && { listen }),
    emit: (value) => {
      told.push((value as { MESSAGE: string }).MESSAGE);
      wake();
    },
    publish: (published) => {
      state = published;
      wake();
    },
  });
  afterwards(() => {
    signal('SIGTERM');
  });
  const until = async (condition: () => boolean) => {
    const end = Date.now() + PATIENCE_MS;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`not in time; told so far:\n${told.join('\n')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  return {
    root,
    told,
    state: () => state,
    until,
    heard: (beginning, times = 1) =>
      until(() => told.filter((line) => line.startsWith(beginning)).length >= times),
    write,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    signal,
    ended,
  };
}

const APPLY = {
  dryRun: false,
  activate: 'auto',
  containers: 'keep',
  validate: true,
  timeoutMs: 10_000,
  lockTimeoutMs: 10_000,
  confirmWithinMs: null,
  config: null,
} as const;

const OPTIONS: GlobalOptions = {
  ...APPLY,
  json: true,
  root: null,
  record: false,
  yes: false,
  quiet: true,
  verbose: false,
};
