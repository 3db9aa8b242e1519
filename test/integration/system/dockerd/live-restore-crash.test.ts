import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Host } from '../../../../src/host/host.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readImage } from '../../../../src/system/files/image.js';
import { recover } from '../../../../src/system/transaction/recover.js';
import { fakeDaemon } from '../../../support/fake-daemon.js';
import { failingAt, faultyHost, killedAt } from '../../../support/faulty-host.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf, WEB } from '../../../support/plans.js';

const CONFIG = '/etc/docker/daemon.json';
const BEFORE = '{"old":1}\n';
const AFTER = '{"new":1}\n';

/** A live-restore restart with a running container, so that daemon.json holds interim configs. */
function scene(refusal?: string) {
  const below = temporaryHost();
  const host: Host = { ...below.host, self: { ...below.host.self, root: null } };
  const real = join(below.root, CONFIG);
  mkdirSync(dirname(real), { recursive: true });
  writeFileSync(real, BEFORE);
  const plan = planOf([{ path: CONFIG, before: readImage(host, CONFIG), after: image(AFTER) }], {
    activation: { action: 'restart', reasons: [] },
  });
  const daemon = fakeDaemon({ containers: [WEB], ...(refusal !== undefined && { refusal }) });
  return {
    host,
    daemon,
    apply: (on: Host) =>
      applyPlan(on, plan, { ...OPTIONS, daemon }).catch((error: unknown) => error),
    settle: () => recover(host, { daemon, timeoutMs: 1000, force: false }),
    /** All names in /etc/docker, and the text of daemon.json. */
    found: () => [...readdirSync(dirname(real)), readFileSync(real, 'utf8')],
  };
}

/** The calls from the moment that dockerd is told; those before it are crash.test.ts's. */
async function callsOnTheWay(refusal?: string): Promise<readonly number[]> {
  const { host, daemon, apply } = scene(refusal);
  const { host: counting, calls } = faultyHost(host, () => undefined);
  let told = 0;
  const activate = daemon.activate.bind(daemon);
  daemon.activate = (...asked) => {
    told = calls();
    return activate(...asked);
  };
  await apply(counting);
  return Array.from({ length: calls() - told }, (_, index) => told + index);
}

test('the old text never stands without live-restore before dockerd restarts on it', async () => {
  const { host, daemon, apply, found } = scene('native.cgroupdriver option foo not supported');
  let stood: unknown;
  const restore = daemon.restore.bind(daemon);
  daemon.restore = (...asked) => {
    stood = found();
    return restore(...asked);
  };
  await apply(host);
  expect(stood).toEqual(['daemon.json', '{"old":1,"live-restore":true}\n']);
  expect(found()).toEqual(['daemon.json', BEFORE]);
});

describe.each([
  ['that dockerd accepts', undefined],
  ['that dockerd refuses', 'native.cgroupdriver option foo not supported'],
])('a restart with containers %s', (_, refusal) => {
  test('killed before any call leaves no interim config once the next one has run', async () => {
    const deeds = new Set<string>();
    for (const at of await callsOnTheWay(refusal)) {
      const { host, daemon, apply, settle, found } = scene(refusal);
      await apply(faultyHost(host, killedAt(at)).host);
      await settle();
      daemon.asked.forEach((task) => deeds.add(task));
      const [name, text] = found();
      expect({ at, name, text }).toEqual({
        at,
        name: 'daemon.json',
        text: expect.stringMatching(
          refusal === undefined ? /^\{"(old|new)":1\}\n$/ : /^\{"old":1\}\n$/,
        ),
      });
      expect(found()).toHaveLength(2);
      expect(await settle()).toMatchObject({ did: 'nothing' });
    }
    expect([...deeds]).toEqual(['restart', 'restore by restart']);
  }, 180_000);

  test('with any call failing leaves no interim config', async () => {
    for (const at of await callsOnTheWay(refusal)) {
      const { host, apply, settle, found } = scene(refusal);
      const answer = await apply(faultyHost(host, failingAt(at, 'ENOSPC')).host);
      await settle();
      const applied = (answer as { status?: string }).status === 'applied';
      expect({ at, found: found() }).toEqual({
        at,
        found: ['daemon.json', applied ? AFTER : BEFORE],
      });
    }
  }, 180_000);
});
