import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Exec, Host, Net, RunResult } from '../../src/host/host.js';
import { fakeUnit, type FakeUnit } from './fake-unit.js';
import { asRoot, temporaryHost } from './node-host.js';

export { GOOD, HANGS } from './fake-unit.js';

/** A machine with systemd, its docker.service, and a dockerd that answers as the unit lets it. */
export interface FakeSystemd extends Omit<FakeUnit, 'sleep' | 'obey' | 'show'> {
  readonly host: Host;
  /** The folder that stands for `/`. */
  readonly root: string;
  /** Of `systemctl`, without those that only look. */
  readonly asked: string[];
  /** What GET /info answers. */
  readonly info: Record<string, unknown>;
  /** Called with each signal that dockerd gets; answers the reload event it sends, if any. */
  onSignal: (signal: string) => Readonly<Record<string, string>> | null;
  /** What dockerd wrote since the last restart. */
  readonly log: string[];
}

export function fakeSystemd(): FakeSystemd {
  const { host, root } = temporaryHost();
  mkdirSync(join(root, 'run/systemd/system'), { recursive: true });
  const unit = fakeUnit((pid) => {
    showProcess(root, pid);
  });
  const asked: string[] = [];
  const info: Record<string, unknown> = {};
  const events: string[] = [];
  const log: string[] = [];

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
      const [verb = '', ...units] = args.filter((word) => !word.startsWith('--'));
      if (verb === 'show') return answer(unit.show());
      if (verb === 'cat' || verb === 'show-environment') return answer('');
      asked.push([verb, ...units].join(' '));
      return answer('', unit.obey(verb, units) ? 0 : 1);
    },
  };
  const net: Net = {
    ...host.net,
    request: ({ path }) =>
      unit.answers()
        ? Promise.resolve({
            status: 200,
            headers: {},
            body: path === '/_ping' ? 'OK' : JSON.stringify(info),
          })
        : Promise.reject(new Error('ECONNREFUSED')),
    stream: async function* (_, signal) {
      while (!signal.aborted) {
        yield* events.splice(0);
        await setImmediate();
      }
    },
  };
  const clock = {
    now: unit.now,
    monotonic: unit.now,
    sleep: (ms: number) => {
      unit.sleep(ms);
      return setImmediate();
    },
  };
  const rooted = asRoot(host);
  const self = { ...rooted.self, root: null };
  const { now, answers, dieAfter } = unit;
  const fake: FakeSystemd = {
    host: { ...rooted, exec, net, clock, self },
    root,
    asked,
    info,
    log,
    onSignal: () => null,
    get starts() {
      return unit.starts;
    },
    set starts(starts) {
      unit.starts = starts;
    },
    now,
    answers,
    dieAfter,
  };
  return fake;
}

/** dockerd is known by its program and its command line below /proc. */
function showProcess(root: string, pid: number | null): void {
  rmSync(join(root, 'proc'), { recursive: true, force: true });
  if (pid === null) return;
  mkdirSync(join(root, `proc/${pid}`), { recursive: true });
  writeFileSync(join(root, `proc/${pid}/cmdline`), '/usr/sbin/dockerd\0-H\0fd://\0');
  symlinkSync('/usr/sbin/dockerd', join(root, `proc/${pid}/exe`));
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
