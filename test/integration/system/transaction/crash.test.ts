import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../../../src/core/plan/plan.js';
import type { Host } from '../../../../src/host/host.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readHistory } from '../../../../src/system/history/history.js';
import { readImage } from '../../../../src/system/files/image.js';
import { recover } from '../../../../src/system/transaction/recover.js';
import { fakeDaemon, type FakeDaemon } from '../../../support/fake-daemon.js';
import { failingAt, faultyHost, killedAt } from '../../../support/faulty-host.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const CONFIG = '/etc/docker/daemon.json';
const OLD_CA = '/etc/docker/certs.d/old:5000/ca.crt';
const NEW_CA = '/etc/docker/certs.d/new:5000/ca.crt';

const FOLDERS = { '/etc/docker': null, '/etc/docker/certs.d': null };
const BEFORE = {
  ...FOLDERS,
  '/etc/docker/certs.d/old:5000': null,
  [CONFIG]: '{"old":1}\n',
  [OLD_CA]: 'old CA',
};
const AFTER = {
  ...FOLDERS,
  '/etc/docker/certs.d/new:5000': null,
  [CONFIG]: '{"new":1}\n',
  [NEW_CA]: 'new CA',
};

/** A transaction that creates, deletes and replaces, on a machine with a dockerd to tell. */
function scene(daemon: FakeDaemon) {
  const below = temporaryHost();
  const host: Host = { ...below.host, self: { ...below.host.self, root: null } };
  for (const [path, text] of Object.entries(BEFORE)) {
    if (text === null) mkdirSync(join(below.root, path), { recursive: true });
    else writeFileSync(join(below.root, path), text);
  }
  const plan = planOf(
    [
      { path: NEW_CA, before: null, after: image('new CA') },
      { path: OLD_CA, before: readImage(host, OLD_CA), after: null },
      { path: CONFIG, before: readImage(host, CONFIG), after: image('{"new":1}\n') },
    ],
    { prune: ['/etc/docker/certs.d/old:5000'], activation: { action: 'reload', reasons: [] } },
  );
  return { host, root: below.root, plan, daemon };
}

type Scene = ReturnType<typeof scene>;

function apply({ plan, daemon }: Scene, host: Host, changed: Plan = plan): Promise<unknown> {
  return applyPlan(host, changed, { ...OPTIONS, daemon }).catch((error: unknown) => error);
}

const finishInterrupted = ({ daemon }: Scene, host: Host) =>
  recover(host, { daemon, timeoutMs: 1000, force: false });

/** Every file and folder of /etc, with the text of the files. */
function etc(root: string): Record<string, string | null> {
  const text = (path: string) => (statSync(path).isFile() ? readFileSync(path, 'utf8') : null);
  return Object.fromEntries(
    readdirSync(join(root, 'etc'), { recursive: true, encoding: 'utf8' })
      .map((name) => join('/etc', name))
      .map((path) => [path, text(join(root, path))]),
  );
}

/** What is kept for good. */
const KEPT = ['generations', 'last-good.json'];

function stateFiles(root: string): string[] {
  const state = join(root, 'var/lib/dockerctl');
  return existsSync(state) ? readdirSync(state).filter((name) => !KEPT.includes(name)) : [];
}

async function countCalls(make: () => Scene): Promise<number> {
  const counted = make();
  const { host, calls } = faultyHost(counted.host, () => undefined);
  await apply(counted, host);
  return calls();
}

describe.each([
  ['dockerd accepts', () => scene(fakeDaemon()), AFTER],
  ['dockerd refuses', () => scene(fakeDaemon({ refusal: 'unknown key' })), BEFORE],
])('a change that %s', (_, make, end) => {
  test('killed before any call is all of before or all of after once the next one has run', async () => {
    const total = await countCalls(make);
    expect(total).toBeGreaterThan(100);
    for (let at = 0; at < total; at += 1) {
      const run = make();
      await apply(run, faultyHost(run.host, killedAt(at)).host);
      await finishInterrupted(run, run.host);
      const found = etc(run.root);
      const committed = found[CONFIG] === AFTER[CONFIG];
      expect({ at, found }).toEqual({ at, found: committed ? end : BEFORE });
      if (committed) expect([...readHistory(run.host)][0]?.result.status).toBe('applied');
      expect(await finishInterrupted(run, run.host)).toMatchObject({ did: 'nothing' });
      expect(stateFiles(run.root)).toEqual([]);
    }
  }, 60_000);

  test('with any call failing is all of before or all of after, with nothing left over', async () => {
    const total = await countCalls(make);
    for (let at = 0; at < total; at += 1) {
      const run = make();
      const answer = await apply(run, faultyHost(run.host, failingAt(at, 'ENOSPC')).host);
      const applied = (answer as { status?: string }).status === 'applied';
      await finishInterrupted(run, run.host);
      expect({ at, found: etc(run.root) }).toEqual({ at, found: applied ? AFTER : BEFORE });
      if (!applied) expect(answer).toMatchObject({ name: 'DockerctlError' });
    }
  }, 60_000);
});

test('recovery may be killed before any of its calls, and repeated', async () => {
  const make = () => scene(fakeDaemon());
  const total = await countCalls(make);
  for (let at = Math.floor(total / 3); at < total; at += Math.floor(total / 5)) {
    for (let again = 0; ; again += 1) {
      const run = make();
      await apply(run, faultyHost(run.host, killedAt(at)).host);
      const dying = faultyHost(run.host, killedAt(again));
      const survived = await finishInterrupted(run, dying.host).then(
        () => true,
        () => false,
      );
      await finishInterrupted(run, run.host);
      const found = etc(run.root);
      expect({ at, again, found }).toEqual({
        at,
        again,
        found: found[CONFIG] === AFTER[CONFIG] ? AFTER : BEFORE,
      });
      expect(stateFiles(run.root)).toEqual([]);
      if (survived) break;
    }
  }
}, 60_000);
