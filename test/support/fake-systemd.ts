import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Exec, Host, Net, RunResult } from '../../src/host/host.js';
import { temporaryHost } from './node-host.js';

/** How the next start of dockerd goes: milliseconds until it answers, and until it dies; null: never. */
export interface Start {
  readonly answersAfter: number | null;
  readonly diesAfter: number | null;
}

export const GOOD: Start = { answersAfter: 500, diesAfter: null };
export const HANGS: Start = { answersAfter: null, diesAfter: null };

export interface FakeSystemd {
  readonly host: Host;
  /** Of `systemctl`, without those that only look. */
  readonly asked: string[];
  /** What GET /info answers. */
  readonly info: Record<string, unknown>;
  /** Called with each signal that dockerd gets; answers the reload event it sends, if any. */
  onSignal: (signal: string) => Readonly<Record<string, string>> | null;
  /** What dockerd wrote since the last restart. */
  readonly log: string[];
  /** Starts one after the other; the last one is repeated. */
  starts: Start[];
  /** Milliseconds, by the clock that only sleeping moves. */
  now(): number;
  answers(): boolean;
  /** The dockerd that runs now dies then, and its process is gone. */
  dieAfter(ms: number): void;
}

const BURST = 3;
const INTERVAL_MS = 60_000;

/**
 * systemd with docker.service and docker.socket, as far as a restart meets them: a start limit of 3 in 60 s that takes the
 * socket down too and is cleared only by reset-failed of both, Restart=always, and no end to a start that hangs.
 */
export function fakeSystemd(): FakeSystemd {
  const { host, root } = temporaryHost();
  mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
  let clock = 1_000;
  let started: number | null = 0;
  let run = 1;
  let automatic = 0;
  let failed = false;
  let socketFailed = false;
  let recent: number[] = [];
  let current: Start = GOOD;
  const asked: string[] = [];
  const info: Record<string, unknown> = {};

  const events: string[] = [];
  const log: string[] = [];

  const isUp = () =>
    started !== null && current.answersAfter !== null && clock - started >= current.answersAfter;

  const start = (): boolean => {
    recent = recent.filter((at) => clock - at < INTERVAL_MS);
    started = null;
    if (socketFailed || recent.length >= BURST) {
      failed = true;
      socketFailed = true;
      return false;
    }
    recent.push(clock);
    current = (fake.starts.length > 1 ? fake.starts.shift() : fake.starts[0]) ?? GOOD;
    started = clock;
    run += 1;
    return true;
  };

  let noted: number | null = null;
  const noteProcess = (pid: number | null): void => {
    if (pid === noted) return;
    rmSync(join(root, 'proc'), { recursive: true, force: true });
    noted = pid;
    if (pid === null) return;
    mkdirSync(join(root, `proc/${pid}`), { recursive: true });
    writeFileSync(join(root, `proc/${pid}/cmdline`), '/usr/sbin/dockerd\0-H\0fd://\0');
  };

  /** What happened since somebody looked: dockerd died, and systemd started it again at once. */
  const settle = (): void => {
    while (started !== null && current.diesAfter !== null && clock - started >= current.diesAfter) {
      automatic += 1;
      start();
    }
    noteProcess(started === null ? null : 1000 + run);
  };

  const SHOWN = (): string =>
    [
      'LoadState=loaded',
      `ActiveState=${failed ? 'failed' : isUp() ? 'active' : 'activating'}`,
      `SubState=${failed ? 'failed' : isUp() ? 'running' : 'start'}`,
      `MainPID=${started === null ? 0 : 1000 + run}`,
      `NRestarts=${automatic}`,
      `InvocationID=run${run}`,
      'KillMode=process',
    ].join('\n');

  const VERBS: Readonly<Record<string, (units: readonly string[]) => boolean>> = {
    restart: () => {
      automatic = 0;
      return start();
    },
    'reset-failed': (units) => {
      if (units.includes('docker.service')) [recent, failed] = [[], false];
      if (units.includes('docker.socket')) socketFailed = false;
      return true;
    },
    stop: () => {
      started = null;
      return true;
    },
    kill: () => {
      if (started !== null) {
        automatic += 1;
        start();
      }
      return true;
    },
  };

  const exec: Exec = {
    ...host.exec,
    kill: (_, signal) => {
      const attributes = fake.onSignal(String(signal));
      if (attributes !== null)
        events.push(JSON.stringify({ Action: 'reload', Actor: { Attributes: attributes } }));
      return true;
    },
    run: ([program, ...args]) => {
      if (program === 'journalctl')
        return answer(args.includes('--show-cursor') ? '-- cursor: c0' : logged(log));
      if (program !== 'systemctl') return answer('');
      settle();
      const [verb = '', ...units] = args.filter((word) => !word.startsWith('--'));
      if (verb === 'show') return answer(SHOWN());
      asked.push([verb, ...units].join(' '));
      return answer('', VERBS[verb]?.(units) === false ? 1 : 0);
    },
  };
  const net: Net = {
    ...host.net,
    request: ({ path }) => {
      settle();
      if (!isUp()) return Promise.reject(new Error('ECONNREFUSED'));
      return Promise.resolve({
        status: 200,
        headers: {},
        body: path === '/_ping' ? 'OK' : JSON.stringify(info),
      });
    },
  };
  net.stream = async function* (_, signal) {
    while (!signal.aborted) {
      yield* events.splice(0);
      await setImmediate();
    }
  };
  const time = {
    now: () => clock,
    monotonic: () => clock,
    sleep: (ms: number) => {
      clock += ms;
      settle();
      return setImmediate();
    },
  };
  const fake: FakeSystemd = {
    host: { ...host, exec, net, clock: time, self: { ...host.self, uid: 0, root: null } },
    asked,
    info,
    log,
    onSignal: () => null,
    starts: [GOOD],
    now: () => clock,
    dieAfter: (ms) => {
      current = { ...current, diesAfter: clock - (started ?? clock) + ms };
    },
    answers: () => {
      settle();
      return isUp();
    },
  };
  return fake;
}

function answer(stdout: string, status = 0): Promise<RunResult> {
  return Promise.resolve({
    status,
    stdout,
    stderr: status === 0 ? '' : 'start-limit-hit',
    timedOut: false,
  });
}

function logged(lines: readonly string[]): string {
  return lines.map((MESSAGE) => JSON.stringify({ MESSAGE })).join('\n');
}
