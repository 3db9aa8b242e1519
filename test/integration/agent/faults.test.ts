import { describe, expect, test } from '@jest/globals';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Host } from '../../../src/host/host.js';
import { temporaryFolder } from '../../support/node-host.js';
import { CA, issue } from '../../support/openssl.js';
import { startAgent } from '../../support/running-agent.js';

const FILE = '/etc/docker/daemon.json';
const REPAIR = `mirrors: ['https://mirror.example.com/'], drift: { default: 'repair' }`;
const GOOD = '{"registry-mirrors":["https://mirror.example.com/"]}\n';
const OTHER = GOOD.replace('mirror.example', 'other.example');
const DAY_MS = 86_400_000;

const scanned = (agent: ReturnType<typeof startAgent>) =>
  agent.until(() => (agent.state()?.counters.lastScan ?? null) !== null);

describe('faults around the agent', () => {
  test('certs.d that has become a file is told of, and is repaired once it can be', async () => {
    const agent = startAgent({
      declared: `registries: { 'reg.example:5000': { ca: { pem: ${JSON.stringify(authority())} } } }, drift: { default: 'repair' }`,
      daemonJson: '{}',
    });
    const certs = join(agent.root, 'etc/docker/certs.d');
    await agent.heard('drift-resolved');
    renameSync(certs, `${certs}.away`);
    writeFileSync(certs, 'not a folder');
    await agent.heard('apply-failed');
    rmSync(certs);
    await agent.heard('drift-resolved', 2);
    expect(agent.read('/etc/docker/certs.d/reg.example:5000/ca.crt')).toContain('BEGIN CERT');
  });

  test('what is read-only for the unit alone is told with what opens it', async () => {
    const agent = startAgent({
      declared: REPAIR,
      daemonJson: OTHER,
      through: (host, root): Host => ({
        ...host,
        self: { ...host.self, env: { INVOCATION_ID: 'a unit' } },
        fs: {
          ...host.fs,
          create: (path, bytes, access) => {
            if (path.includes('etc/docker/'))
              throw Object.assign(new Error(`read-only below ${root}`), { code: 'EROFS' });
            host.fs.create(path, bytes, access);
          },
        },
      }),
    });
    await agent.heard('apply-failed');
    expect(agent.told.join('\n')).toMatch(
      /mounted read-only for this unit.*try: dockerctl service install/,
    );
  });

  test('a watchdog hears of it after every message, however long they take', async () => {
    let heard = 0;
    const agent = startAgent({
      declared: `daemon: { debug: true, icc: true, mtu: 1400, 'log-level': 'warn' }`,
      daemonJson: '{}',
      through: (host): Host => ({
        ...host,
        self: { ...host.self, env: { NOTIFY_SOCKET: '/run/notify', WATCHDOG_USEC: '0' } },
        exec: {
          ...host.exec,
          run: (argv, options) => {
            if (argv.includes('WATCHDOG=1')) heard += 1;
            return argv[0] === 'systemd-notify'
              ? Promise.resolve({ status: 0, stdout: '', stderr: '', timedOut: false })
              : host.exec.run(argv, options);
          },
        },
      }),
    });
    await agent.heard('drift-detected', 3);
    expect(heard).toBeGreaterThanOrEqual(2);
  });

  test('told to end in the middle of a repair it ends that, and begins no other', async () => {
    const agent = startAgent({
      declared: `registries: { 'reg.example:5000': { ca: { pem: ${JSON.stringify(authority())} } } }, ${REPAIR}`,
      daemonJson: OTHER,
      through: (host): Host => ({
        ...host,
        fs: {
          ...host.fs,
          create: (path, bytes, access) => {
            if (path.includes('certs.d')) agent.signal('SIGTERM');
            host.fs.create(path, bytes, access);
          },
        },
      }),
    });
    await agent.ended;
    expect(agent.read('/etc/docker/certs.d/reg.example:5000/ca.crt')).toContain('BEGIN CERT');
    expect(agent.told.at(-1)).toMatch(/^apply-committed: reg\.example:5000/);
    expect(agent.read(FILE)).toBe(OTHER);
  });

  test('a kernel without a watch left is told of, and changes are found by looking', async () => {
    let exhausted = true;
    let tried = 0;
    // Each time another folder may be the first that is told of no changes.
    const full = () => {
      tried += 1;
      const message = `ENOSPC: watch ${tried}: System limit for number of file watchers reached`;
      return Object.assign(new Error(message), { code: 'ENOSPC' });
    };
    const agent = startAgent({
      declared: `${REPAIR}, agent: { scan: '2s' }`,
      daemonJson: GOOD,
      through: (host): Host => ({
        ...host,
        watch: {
          folder: (path, listener) => {
            if (!exhausted) return host.watch.folder(path, listener);
            setImmediate(() => {
              listener.failed(full());
            });
            return () => undefined;
          },
        },
      }),
    });
    await agent.heard('watching-degraded');
    expect(agent.told.join()).toContain(
      'file watchers reached; changes are found by looking every 5s',
    );
    await agent.until(() => tried > 2 && agent.state()?.status.degraded !== null);
    agent.write(FILE, OTHER);
    await agent.heard('drift-resolved');
    exhausted = false;
    await agent.heard('watching-restored');
    expect(agent.told.filter((line) => line.startsWith('watching-degraded'))).toHaveLength(1);
  });

  test('a disk that is full leaves the file as it is, is told of once, and is got over', async () => {
    let full = false;
    const agent = startAgent({
      declared: REPAIR,
      daemonJson: GOOD,
      through: (host): Host => ({
        ...host,
        fs: {
          ...host.fs,
          create: (path, bytes, access) => {
            if (full) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
            host.fs.create(path, bytes, access);
          },
        },
      }),
    });
    await scanned(agent);
    full = true;
    agent.write(FILE, OTHER);
    await agent.heard('apply-failed');
    expect(agent.read(FILE)).toBe(OTHER);
    await agent.until(() => (agent.state()?.status.failing?.reason ?? '').includes('no space'));
    full = false;
    await agent.heard('drift-resolved');
    await agent.until(() => agent.state()?.status.failing === null);
    expect(agent.read(FILE)).toBe(GOOD);
    expect(agent.told.filter((line) => line.startsWith('apply-failed'))).toHaveLength(1);
  });

  test.each([
    ['a year ahead', 365 * DAY_MS],
    ['a year back', -365 * DAY_MS],
  ])('a clock that jumps %s disturbs nothing', async (_, jump) => {
    let shift = 0;
    const agent = startAgent({
      declared: REPAIR,
      daemonJson: GOOD,
      through: (host): Host => ({
        ...host,
        clock: { ...host.clock, now: () => host.clock.now() + shift },
      }),
    });
    await scanned(agent);
    shift = jump;
    agent.write(FILE, OTHER);
    await agent.heard('drift-resolved');
    shift = 0;
    agent.write(FILE, OTHER);
    await agent.heard('drift-resolved', 2);
    expect(agent.told).toHaveLength(8);
  });

  test('a thousand writes in a second end in one repair or two, and in no loop', async () => {
    const agent = startAgent({
      declared: REPAIR,
      daemonJson: GOOD,
    });
    await scanned(agent);
    for (let count = 0; count < 1_000; count += 1) {
      writeFileSync(join(agent.root, FILE), OTHER.replace('other', `other${count}`));
      if (count % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await agent.until(() => agent.read(FILE) === GOOD && agent.state()?.status.adrift === 0);
    expect(agent.told.filter((line) => line.startsWith('apply-started')).length).toBeLessThan(3);
    expect(agent.told.length).toBeLessThan(12);
  });

  test('a folder that is swapped for another is watched as well', async () => {
    const agent = startAgent({
      declared: REPAIR,
      daemonJson: GOOD,
    });
    await scanned(agent);
    const folder = dirname(join(agent.root, FILE));
    mkdirSync(`${folder}.new`);
    writeFileSync(join(`${folder}.new`, 'daemon.json'), OTHER);
    renameSync(folder, `${folder}.old`);
    renameSync(`${folder}.new`, folder);
    await agent.heard('drift-resolved');
    agent.write(FILE, OTHER);
    await agent.heard('drift-resolved', 2);
    expect(agent.read(FILE)).toBe(GOOD);
  });
});

function authority(): string {
  return issue(temporaryFolder(), { cn: 'Root', extensions: CA }).cert;
}
