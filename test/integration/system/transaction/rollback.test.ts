import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../../../src/core/plan/plan.js';
import type { Host, RunResult } from '../../../../src/host/host.js';
import { DockerctlError } from '../../../../src/errors.js';
import { applyPlan } from '../../../../src/system/transaction/apply.js';
import { readGeneration } from '../../../../src/system/history/generation.js';
import { readImage } from '../../../../src/system/files/image.js';
import { fakeDaemon, type FakeDaemon } from '../../../support/fake-daemon.js';
import { faultyHost } from '../../../support/faulty-host.js';
import { temporaryHost } from '../../../support/node-host.js';
import { image, OPTIONS, planOf } from '../../../support/plans.js';

const PATH = '/etc/docker/daemon.json';
const ANCHOR = '/usr/local/share/ca-certificates/ours.crt';

const CONTAINER = {
  id: 'c0ffee',
  name: 'db',
  pid: 7,
  startedAt: '2026-01-01T00:00:00Z',
  restartPolicy: 'no',
};

function machine() {
  const below = temporaryHost();
  const ran: string[] = [];
  const status = { next: 0 };
  const host: Host = {
    ...below.host,
    self: { ...below.host.self, root: null },
    exec: {
      ...below.host.exec,
      run: ([program]): Promise<RunResult> => {
        ran.push(program);
        const failed = status.next;
        status.next = 0;
        return Promise.resolve({ status: failed, stdout: '', stderr: 'no hash', timedOut: false });
      },
    },
  };
  mkdirSync(join(below.root, 'etc/docker'), { recursive: true });
  writeFileSync(join(below.root, PATH), '{}', { mode: 0o640 });
  const read = () => readFileSync(join(below.root, PATH), 'utf8');
  const change = { path: PATH, before: readImage(host, PATH), after: image('{"a":1}', 0o600) };
  const plan = (rest: Partial<Plan> = {}) =>
    planOf([change], { activation: { action: 'reload', reasons: [] }, ...rest });
  const apply = (daemon: FakeDaemon, changed: Plan = plan()) =>
    applyPlan(host, changed, { ...OPTIONS, daemon, commandLine: 'config set a 1' });
  return { host, root: below.root, ran, status, read, plan, apply };
}

describe('when dockerd refuses', () => {
  test('the old file is back with its mode, dockerd is told, and its own words are in the error', async () => {
    const { apply, read, root, host } = machine();
    const daemon = fakeDaemon({ refusal: 'dockerd says: unknown key "a"' });
    await expect(apply(daemon)).rejects.toMatchObject({
      code: 'rolled-back',
      message: expect.stringMatching(/unknown key "a".*old files are back/) as unknown,
      hint: 'look at the log',
    });
    expect(read()).toBe('{}');
    expect(statSync(join(root, PATH)).mode & 0o777).toBe(0o640);
    expect(daemon.asked).toEqual(['reload', 'restore by reload']);
    expect(readGeneration(host, 1)).toMatchObject({
      commandLine: 'config set a 1',
      result: { status: 'rolled-back', error: 'dockerd says: unknown key "a"' },
    });
  });

  test('and stays down on the old file too, both errors are told, and nothing is left open', async () => {
    const { apply, read } = machine();
    const daemon = fakeDaemon({ refusal: 'unknown key', brokenFor: 1 });
    await expect(apply(daemon)).rejects.toMatchObject({
      code: 'rollback-failed',
      message: expect.stringMatching(/unknown key.*still down/) as unknown,
    });
    expect(read()).toBe('{}');
    await expect(apply(fakeDaemon())).resolves.toMatchObject({ status: 'applied', generation: 2 });
  });

  test('and stays down, history says so, and the containers and units that it left are named', async () => {
    const { host, plan, apply } = machine();
    const daemon = fakeDaemon({ refusal: 'unknown key', brokenFor: 1, containers: [CONTAINER] });
    const activate = daemon.activate.bind(daemon);
    daemon.activate = async (...asked) => {
      await activate(...asked).catch(() => undefined);
      throw new DockerctlError({ code: 'daemon-down', message: 'unknown key', hint: '' });
    };
    const restart = plan({ activation: { action: 'restart', reasons: [] } });
    await expect(apply(daemon, restart)).rejects.toMatchObject({
      code: 'rollback-failed',
      message: expect.stringMatching(/without it db still run, but its next start/) as unknown,
      hint: expect.stringContaining('config set live-restore true --activate never') as unknown,
    });
    expect(readGeneration(host, 1)?.result).toMatchObject({
      error: expect.stringMatching(
        /^unknown key\. Bringing back .* failed too: still down/,
      ) as unknown,
      refusedBy: null,
    });
  });

  test('a dockerd that was down before is not asked to be healthy again', async () => {
    const { apply, read } = machine();
    const daemon = fakeDaemon({ refusal: 'unknown key', state: 'failed' });
    await expect(apply(daemon)).rejects.toMatchObject({ code: 'rolled-back' });
    expect(read()).toBe('{}');
    expect(daemon.asked).toEqual(['restart']);
  });
});

test('files come back in reverse order: daemon.json never names what is gone', async () => {
  const { host, plan, root } = machine();
  const anchor = { path: ANCHOR, before: null, after: image('CA') };
  const changes = [anchor, ...plan().changes];
  const daemon = fakeDaemon({ refusal: 'no' });
  const anchorWhenBack: boolean[] = [];
  const spied = faultyHost(host, ({ name, path }) => {
    if (name === 'rename' && String(path).endsWith('.old'))
      anchorWhenBack.push(existsSync(join(root, ANCHOR)));
    return undefined;
  });
  await expect(
    applyPlan(spied.host, plan({ changes }), { ...OPTIONS, daemon }),
  ).rejects.toMatchObject({ code: 'rolled-back' });
  expect(anchorWhenBack).toEqual([true]);
});

describe('what a reload cannot take back', () => {
  // The old file has no `debug`, so a reload with it keeps the new value.
  const added = (host: Host) => [
    { path: PATH, before: readImage(host, PATH), after: image('{"debug":true}') },
  ];
  const unmet = ['the daemon shows debug as true'];

  test('is taken back by a reload with its empty value, never by a restart', async () => {
    const { apply, plan, host, read } = machine();
    const daemon = fakeDaemon({ refusal: 'refused' });
    const seen: unknown[] = [];
    daemon.restore = (_, { action, interimConfig }) => {
      interimConfig?.write(interimConfig.texts.reset ?? null);
      seen.push(action, JSON.parse(read()));
      interimConfig?.write(interimConfig.texts.end);
      return Promise.resolve();
    };
    await expect(apply(daemon, plan({ changes: added(host) }))).rejects.toMatchObject({
      message: expect.stringContaining('dockerd is as it was') as unknown,
    });
    expect(seen).toEqual(['reload', { debug: false }]);
    expect(read()).toBe('{}');
  });

  test('stays where no value clears it, and the error says so', async () => {
    const { apply, plan, host } = machine();
    const daemon = fakeDaemon({ refusal: 'refused', unmet, containers: [CONTAINER] });
    await expect(apply(daemon, plan({ changes: added(host) }))).rejects.toMatchObject({
      code: 'rolled-back',
      message: expect.stringContaining('until its next restart dockerd keeps') as unknown,
    });
    expect(daemon.asked).toEqual(['reload', 'restore by reload']);
    expect(readGeneration(host, 1)?.result.pending).toHaveLength(1);
  });

  test('is not looked for where the old file names every key', async () => {
    const { apply } = machine();
    const daemon = fakeDaemon({ refusal: 'refused' });
    await expect(apply(daemon)).rejects.toMatchObject({ code: 'rolled-back' });
    expect(daemon.asked).toEqual(['reload', 'restore by reload']);
  });
});

describe('refresh commands', () => {
  const refresh = [{ argv: ['update-ca-certificates'] as const, reason: 'the bundle' }];
  const anchor = { path: ANCHOR, before: null, after: image('CA') };

  test('run after the files', async () => {
    const { apply, plan, ran } = machine();
    await apply(fakeDaemon(), plan({ changes: [anchor], refresh }));
    expect(ran).toEqual(['update-ca-certificates']);
  });

  test('run again when they fail, on the old files', async () => {
    const { apply, plan, ran, status, host } = machine();
    status.next = 1;
    await expect(apply(fakeDaemon(), plan({ changes: [anchor], refresh }))).rejects.toMatchObject({
      message: expect.stringContaining('`update-ca-certificates` failed: no hash') as unknown,
    });
    expect(ran).toEqual(['update-ca-certificates', 'update-ca-certificates']);
    expect(readImage(host, ANCHOR)).toBeNull();
  });
});

describe('somebody else’s file over ours', () => {
  /** A dockerd that refuses, or obeys, after somebody wrote `text`. */
  const beside = (root: string, text: string, daemon: FakeDaemon): FakeDaemon => ({
    ...daemon,
    activate: (observed, request) => {
      writeFileSync(join(root, PATH), text);
      return daemon.activate(observed, request);
    },
  });
  /** It is down once it was told. */
  const dying = (host: Host, daemon: FakeDaemon): FakeDaemon => ({
    ...daemon,
    observe: async (config) => ({
      ...(await daemon.observe(config)),
      ...(daemon.asked.length > 0 && { state: 'failed', configFile: readImage(host, PATH) }),
    }),
  });
  const restart = { activation: { action: 'restart', reasons: [] } } as const;

  test('a file that somebody changed while dockerd was busy is kept, and history says so', async () => {
    const { apply, read, host, root } = machine();
    const daemon = fakeDaemon({ refusal: 'refused' });
    await expect(apply(beside(root, '{"theirs":1}', daemon))).rejects.toMatchObject({
      code: 'rolled-back',
      message: expect.stringMatching(
        /changed by somebody else.*: refused\. .*was kept.*left alone/,
      ) as unknown,
    });
    expect(read()).toBe('{"theirs":1}');
    expect(readGeneration(host, 1)?.result.kept).toEqual([PATH]);
    expect(daemon.asked).toEqual(['reload']);
  });

  test('is no success, though dockerd had read ours', async () => {
    const { apply, plan, read, root } = machine();
    const daemon = fakeDaemon();
    await expect(apply(beside(root, '{"theirs":1}', daemon), plan(restart))).rejects.toMatchObject({
      code: 'rolled-back',
      message: expect.stringMatching(/changed by somebody else while.*was kept/) as unknown,
      cause: { code: 'stale-plan' },
    });
    expect(read()).toBe('{"theirs":1}');
    expect(daemon.asked).toEqual(['restart']);
  });

  test('is what a dockerd that our restart left down is started on', async () => {
    const { apply, plan, host, root } = machine();
    const daemon = fakeDaemon({ refusal: 'did not start' });
    const busy = beside(root, '{"theirs":1}', dying(host, daemon));
    await expect(apply(busy, plan(restart))).rejects.toMatchObject({
      code: 'rolled-back',
      message: expect.stringContaining(`was started on ${PATH} as it is now`) as unknown,
    });
    expect(daemon.asked).toEqual(['restart', 'restore by restart']);
  });

  test('is not, where that would stop a container, which is named with the way out', async () => {
    const { apply, plan, host, root } = machine();
    const daemon = fakeDaemon({ refusal: 'did not start', containers: [CONTAINER] });
    const busy = beside(root, '{"theirs":1,,}', dying(host, daemon));
    await expect(apply(busy, plan(restart))).rejects.toMatchObject({
      code: 'rollback-failed',
      message: expect.stringMatching(
        /dockerd is down.*no valid JSON.*without it db still run/,
      ) as unknown,
      hint: expect.stringContaining('config set live-restore true --activate never') as unknown,
    });
    expect(daemon.asked).toEqual(['restart']);
    expect(readGeneration(host, 1)?.result.kept).toEqual([PATH]);
  });
});
