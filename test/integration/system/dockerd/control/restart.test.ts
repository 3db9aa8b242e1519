import { describe, expect, test } from '@jest/globals';
import type { Expectation } from '../../../../../src/core/plan/plan.js';
import type { Host } from '../../../../../src/host/host.js';
import { reactivate } from '../../../../../src/system/dockerd/control/activate.js';
import { restartDaemon } from '../../../../../src/system/dockerd/control/restart.js';
import { fakeSystemd, GOOD, HANGS, type FakeSystemd } from '../../../../support/fake-systemd.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const REQUEST = { expect: [], timeoutMs: 60_000, telling: () => undefined };

const restart = ({ host }: FakeSystemd, expected: readonly Expectation[] = []) =>
  restartDaemon(host, observedDaemon(), { ...REQUEST, expect: expected });

const BACK = { action: 'restart', timeoutMs: 60_000, interimConfig: null, dependents: [] } as const;

const restore = ({ host }: FakeSystemd, dependents: readonly string[] = []) =>
  reactivate(host, observedDaemon(), { ...BACK, dependents });

describe('a restart', () => {
  test('clears the start limit first: twenty in a row never meet it', async () => {
    const systemd = fakeSystemd();
    for (let round = 0; round < 20; round += 1) await restart(systemd);
    expect(systemd.answers()).toBe(true);
    expect(systemd.asked.slice(0, 2)).toEqual([
      'reset-failed docker.service docker.socket',
      'restart docker.service',
    ]);
  });

  test('of a dockerd in a crash loop fails at its first death, not when systemd gives up', async () => {
    const systemd = fakeSystemd();
    systemd.starts = [{ answersAfter: null, diesAfter: 700 }];
    await expect(restart(systemd)).rejects.toMatchObject({ code: 'daemon-down' });
    expect(systemd.now()).toBeLessThan(2_000);
    // systemd would start it again just while the old files come back.
    expect(systemd.asked).toContain('stop docker.service');
  });

  test('of which dockerd says nothing sends to what systemd says: an ExecStartPre may have failed', async () => {
    const systemd = fakeSystemd();
    systemd.starts = [{ answersAfter: null, diesAfter: 100 }];
    await expect(restart(systemd)).rejects.toMatchObject({
      message: 'dockerd did not start and said nothing',
      hint: expect.stringContaining('journalctl -u docker.service') as unknown,
    });
  });

  test('that hangs is killed at its deadline', async () => {
    const systemd = fakeSystemd();
    systemd.starts = [HANGS];
    await expect(restart(systemd)).rejects.toMatchObject({
      code: 'daemon-down',
      message: expect.stringContaining('did not come up within 60 s') as unknown,
    });
    expect(systemd.asked).toContain('kill docker.service');
    expect(systemd.now()).toBeLessThan(62_000);
  });

  test('whose dockerd dies within seconds of answering is no success', async () => {
    const systemd = fakeSystemd();
    systemd.starts = [{ answersAfter: 300, diesAfter: 2_800 }, GOOD];
    await expect(restart(systemd)).rejects.toMatchObject({
      message: expect.stringContaining('started and ended again') as unknown,
    });
  });

  test('is no failure where somebody else restarts dockerd a second later', async () => {
    const systemd = fakeSystemd();
    const { host } = systemd;
    let left = 20;
    const sleep = async (ms: number) => {
      await host.clock.sleep(ms);
      left -= 1;
      if (left === 0) await host.exec.run(['systemctl', 'restart', 'docker.service']);
    };
    const observed = observedDaemon();
    await restartDaemon({ ...host, clock: { ...host.clock, sleep } }, observed, REQUEST);
    expect(left).toBeLessThan(0);
    expect(systemd.answers()).toBe(true);
    expect(systemd.asked).not.toContain('stop docker.service');
  });

  test('whose dockerd does not show what was wanted is no success', async () => {
    const systemd = fakeSystemd();
    systemd.info.Debug = false;
    const debug = {
      kind: 'info',
      pointer: '/Debug',
      match: 'equals',
      value: true,
      key: 'debug',
    } as const;
    await expect(restart(systemd, [debug])).rejects.toMatchObject({ code: 'daemon-refused' });
  });
});

/** What `systemctl show` says one time after the other, and the last for ever. */
function showing(host: Host, sights: readonly Sight[]): Host {
  const left = [...sights];
  const run: Host['exec']['run'] = async (argv, options) => {
    if (!argv.includes('show')) return await host.exec.run(argv, options);
    const [activeState, subState, restarts, invocation, job] =
      (left.length > 1 ? left.shift() : left[0]) ?? sights[0]!;
    const stdout = `LoadState=loaded\nActiveState=${activeState}\nSubState=${subState}\nNRestarts=${restarts}\nInvocationID=${invocation}\nJob=${job}`;
    return { status: 0, stdout, stderr: '', timedOut: false };
  };
  return { ...host, exec: { ...host.exec, run } };
}

type Sight = readonly [state: string, sub: string, restarts: number, run: string, job: number];

describe('a rollback', () => {
  test.each<[string, readonly Sight[]]>([
    [
      'fails again while we restart it',
      [
        ['activating', 'start', 0, 'theirs', 1],
        ['activating', 'auto-restart', 1, 'theirs', 2],
        ['activating', 'auto-restart', 1, 'theirs', 2],
        ['activating', 'start', 1, 'ours', 2],
        ['active', 'running', 1, 'ours', 0],
      ],
    ],
    [
      'comes up before our restart has ended it',
      [
        ['failed', 'failed', 0, 'none', 0],
        ['activating', 'start', 0, 'theirs', 2],
        ['active', 'running', 0, 'theirs', 2],
        ['active', 'running', 0, 'theirs', 2],
        ['deactivating', 'stop-sigterm', 0, 'theirs', 2],
        ['activating', 'start', 0, 'ours', 2],
        ['active', 'running', 0, 'ours', 0],
      ],
    ],
  ])(
    'is not blamed for a dockerd that a client’s socket started and that %s',
    async (_, sights) => {
      const systemd = fakeSystemd();
      systemd.starts = [{ answersAfter: 0, diesAfter: null }];
      const host = showing(systemd.host, sights);
      await reactivate(host, observedDaemon(), BACK);
    },
  );

  test('brings back the units that a failed start of dockerd left stopped', async () => {
    const systemd = fakeSystemd();
    await restore(systemd, ['app.service', 'web.service']);
    expect(systemd.asked.at(-1)).toBe('start app.service web.service');
  });

  test('brings up a dockerd whose start limit and socket were used up by the bad file', async () => {
    const systemd = fakeSystemd();
    systemd.starts = [{ answersAfter: null, diesAfter: 100 }];
    for (let attempt = 0; attempt < 4; attempt += 1)
      await systemd.host.exec.run(['systemctl', 'restart', 'docker.service']);
    systemd.starts = [GOOD];
    expect(systemd.answers()).toBe(false);
    await restore(systemd);
    expect(systemd.answers()).toBe(true);
  });

  test('does not wait for the stop timeout of a start that hangs', async () => {
    const systemd = fakeSystemd();
    systemd.starts = [HANGS, HANGS, GOOD];
    await expect(restart(systemd)).rejects.toMatchObject({ code: 'daemon-down' });
    // By somebody else, on the bad file still.
    await systemd.host.exec.run(['systemctl', 'restart', 'docker.service']);
    const failed = systemd.now();
    await restore(systemd);
    expect(systemd.answers()).toBe(true);
    expect(systemd.now() - failed).toBeLessThan(5_000);
  });
});
