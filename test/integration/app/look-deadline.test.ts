import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { boundedHost } from '../../../src/app/context/look-deadline.js';
import type { Host } from '../../../src/host/host.js';
import { realHost, temporaryFolder, temporaryHost } from '../../support/node-host.js';
import { dockerctlOn } from '../../support/program.js';

/** A host whose clock goes on with what is done, and by nothing else. */
function slowHost({ perRead = 0 }: { readonly perRead?: number } = {}) {
  const { host, root } = temporaryHost();
  const asked: string[] = [];
  let now = 0;
  const slow: Host = {
    ...host,
    clock: { ...host.clock, monotonic: () => now },
    fs: {
      ...host.fs,
      read: (path, limit) => {
        now += perRead;
        return host.fs.read(path, limit);
      },
    },
    net: {
      ...host.net,
      request: ({ path, timeoutMs = 15_000 }) => {
        asked.push(path);
        now += timeoutMs;
        return Promise.reject(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' }));
      },
    },
    exec: {
      ...host.exec,
      run: (_, options) => {
        now += options?.timeoutMs ?? 30_000;
        return Promise.resolve({ status: null, stdout: '', stderr: '', timedOut: true });
      },
    },
  };
  return { host: slow, root, asked, now: () => now };
}

const LIMIT = { limitMs: 10_000, commandLine: 'status --json' };
const ask = (path: string) =>
  ({ socketPath: '/run/docker.sock', method: 'GET', path, timeoutMs: 5_000 }) as const;

describe('a host that looks for a limited time', () => {
  test('an engine that does not answer is asked once, and the rest of the time is left', async () => {
    const { host, asked, now } = slowHost();
    const bounded = boundedHost(host, LIMIT);
    for (const path of ['/info', '/containers/json', '/events'])
      await expect(bounded.host.net.request(ask(path))).rejects.toThrow();
    expect(asked).toEqual(['/info']);
    expect(now()).toBe(5_000);
    expect(bounded.exceeded()).toBeNull();
  });

  test('programs share what time there is', async () => {
    const { host, now } = slowHost();
    const bounded = boundedHost(host, LIMIT);
    for (let count = 0; count < 3; count += 1) await bounded.host.exec.run(['systemctl']);
    expect(now()).toBeLessThan(10_500);
  });

  test('work on files ends with an error that stays, and what writes is not bounded', () => {
    const { host, root } = slowHost({ perRead: 6_000 });
    writeFileSync(join(root, 'one'), '');
    const bounded = boundedHost(host, LIMIT);
    bounded.host.fs.read('/one');
    bounded.host.fs.read('/one');
    expect(() => bounded.host.fs.read('/one')).toThrow('It has not ended within 10 s');
    expect(() => bounded.host.fs.stat('/one')).toThrow('It has not ended within 10 s');
    bounded.host.fs.create('/two', new Uint8Array());
    expect(bounded.exceeded()?.hint).toBe('`dockerctl status --json --timeout 60`');
  });
});

describe('a command that only looks', () => {
  const looking = async (...words: string[]) => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'etc/docker/certs.d'), { recursive: true });
    for (let count = 0; count < 30; count += 1) {
      const folder = join(root, `etc/docker/certs.d/r${count}.test`);
      mkdirSync(folder);
      writeFileSync(join(folder, 'ca.crt'), '');
    }
    let now = 0;
    const below = (): Host => {
      const host = realHost(root);
      const read: Host['fs']['read'] = (path, limit) => {
        now += 1_000;
        return host.fs.read(path, limit);
      };
      return {
        ...host,
        clock: { ...host.clock, monotonic: () => now },
        fs: { ...host.fs, read },
      };
    };
    return dockerctlOn(below, words);
  };

  test.each([['status'], ['trust', 'list'], ['doctor']])(
    '%s %s says that it has not ended in time, and what gives it more',
    async (...words) => {
      const { status, stdout, stderr } = await looking(...words);
      expect(status).toBe(8);
      expect(stdout).toBe('');
      expect(stderr).toContain('It has not ended within 10 s');
      expect(stderr).toContain(`Try: \`dockerctl ${words.join(' ')} --timeout 60\``);
    },
  );

  test('--timeout gives it more, and holds', async () => {
    expect((await looking('trust', 'list', '--timeout', '120')).status).toBe(0);
    expect((await looking('trust', 'list', '--timeout', '5')).stderr).toContain('within 5 s');
  });
});

describe('a command that asks registries', () => {
  /** Nobody answers, and each takes the time that it is given. */
  const asking = async (...words: string[]) => {
    const root = temporaryFolder();
    let now = 0;
    const below = (): Host => {
      const host = realHost(root);
      const silence: Host['net']['resolve'] = (_, timeoutMs) => {
        now += timeoutMs;
        return Promise.reject(Object.assign(new Error('silence'), { code: 'ETIMEDOUT' }));
      };
      const clock = { ...host.clock, monotonic: () => now };
      return { ...host, clock, net: { ...host.net, resolve: silence } };
    };
    const answer = await dockerctlOn(below, words);
    return { ...answer, now };
  };

  test('one that is silent gets half of the time, and the rest is dockerd’s', async () => {
    const { status, stdout, now } = await asking('trust', 'verify', 'r.test', '--timeout', '4');
    expect(stdout).toContain('no answer from port 443 in time');
    expect({ status, now }).toEqual({ status: 1, now: 2_000 });
  });

  test('who was not asked in time is not said to be silent: there is no answer', async () => {
    const verify = ['trust', 'verify', 'a.test', 'b.test', 'c.test'];
    const { status, stdout, stderr } = await asking(...verify, '--timeout', '4');
    expect({ status, stdout }).toEqual({ status: 8, stdout: '' });
    expect(stderr).toContain('It has not ended within 4 s: 1 of 3 registries were asked by then');
    expect(stderr).toContain(`Try: \`dockerctl ${verify.join(' ')} --timeout 24\``);
  });
});
