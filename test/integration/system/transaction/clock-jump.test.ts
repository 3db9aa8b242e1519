import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../../src/host/host.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readHistory } from '../../../../src/system/history/history.js';
import { readImage } from '../../../../src/system/files/image.js';
import { recover } from '../../../../src/system/transaction/recover.js';
import { fakeSystemd } from '../../../support/fake-systemd.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const PATH = '/etc/docker/daemon.json';
const DAY_MS = 86_400_000;

function machine() {
  const { host, root } = fakeSystemd();
  mkdirSync(join(root, 'etc/docker'), { recursive: true });
  mkdirSync(join(root, 'etc/systemd/system'), { recursive: true });
  writeFileSync(join(root, PATH), 'old');
  const change = (by: Host, text: string, confirmWithinMs: number | null = null) =>
    applyPlan(by, planOf([{ path: PATH, before: readImage(host, PATH), after: image(text) }]), {
      ...OPTIONS,
      confirmWithinMs,
    });
  return { host, change, text: () => readFileSync(join(root, PATH), 'utf8') };
}

const jumped = (host: Host, by: number): Host => ({
  ...host,
  clock: { ...host.clock, now: () => host.clock.now() + by },
});

describe.each([
  ['ahead', DAY_MS],
  ['back', -DAY_MS],
])('a clock that jumps a day %s', (_, by) => {
  test('does not shorten or lengthen the time to confirm: the timer of PID 1 counts it', async () => {
    const { host, change, text } = machine();
    await change(host, 'new', 60_000);
    const look = { daemon: null, timeoutMs: 1000, force: false };
    expect(await recover(jumped(host, by), look)).toMatchObject({ did: 'leave' });
    expect(text()).toBe('new');
    const elapsed: Host = {
      ...jumped(host, by),
      exec: { ...host.exec, run: () => Promise.resolve({ ...INACTIVE }) },
    };
    expect(await recover(elapsed, look)).toMatchObject({ did: 'roll-back' });
    expect(text()).toBe('old');
  });

  test('does not mix up history: changes are numbered', async () => {
    const { host, change } = machine();
    await change(host, 'first');
    await change(jumped(host, by), 'second');
    await change(host, 'third');
    expect([...readHistory(host)].map(({ generation }) => generation)).toEqual([3, 2, 1]);
  });
});

const INACTIVE = { status: 3, stdout: '', stderr: '', timedOut: false };
