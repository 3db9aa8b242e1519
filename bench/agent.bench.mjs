import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { percentile, watchUsage } from './agent/usage.mjs';

export const title =
  'The agent over the files of a folder (with a dockerd: sudo npm run bench:agent)';

const IDLE_SECONDS = 20;
/** Changed in turn: of one key the agent tells ten times in ten minutes, and no more. */
const KEYS = ['max-concurrent-downloads', 'max-concurrent-uploads', 'max-download-attempts', 'mtu'];
const DECLARED = Object.fromEntries(KEYS.map((key) => [key, 1000]));

export async function measure({ rounds }) {
  const root = mkdtempSync(join(tmpdir(), 'dockerctl-bench-'));
  const file = join(root, 'etc/docker/daemon.json');
  const write = (values) => writeFileSync(file, JSON.stringify({ ...DECLARED, ...values }));
  mkdirSync(join(root, 'etc/docker'), { recursive: true });
  mkdirSync(join(root, 'etc/dockerctl'));
  write({});
  writeFileSync(join(root, 'etc/dockerctl/dockerctl.json5'), JSON.stringify({ daemon: DECLARED }));
  const agent = start(root);
  try {
    // It is ready once it tells of what is wrong, and once it has told that all is well.
    write({ mtu: 1 });
    await agent.heard('drift-detected');
    const times = [];
    for (let round = 0; round < rounds; round += 1) {
      write({});
      await agent.heard('drift-resolved');
      const before = performance.now();
      write({ [KEYS[round % KEYS.length]]: 2000 + round });
      await agent.heard('drift-detected');
      times.push((performance.now() - before) / 1000);
    }
    const idle = await watchUsage(agent.pid, { seconds: IDLE_SECONDS });
    return [
      { name: 'a changed daemon.json is told of, p50', value: percentile(times, 0.5), unit: 's' },
      {
        name: 'a changed daemon.json is told of, p95',
        value: percentile(times, 0.95),
        unit: 's',
        limit: 1,
      },
      { name: `idle CPU over ${IDLE_SECONDS} s`, value: idle.cpu, unit: '%', limit: 0.3 },
      { name: 'resident memory after that', value: idle.rss, unit: 'MB', limit: 80 },
    ];
  } finally {
    agent.stop();
    rmSync(root, { recursive: true });
  }
}

function start(root) {
  const argv = ['dist/dockerctl.cjs', 'watch', '--json', '--root', root];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    stop: () => child.kill(),
    async heard(event) {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error('the agent has ended');
        if (JSON.parse(value).DOCKERCTL_EVENT === event) return;
      }
    },
  };
}
