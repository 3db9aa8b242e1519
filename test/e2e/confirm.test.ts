import { describe, expect, test } from '@jest/globals';
import { daemonIdentity, dataOf, dockerInfo } from './support/daemon.js';
import { type Machine, useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const OLD = '{\n\t"log-level": "warn"\n}\n';

/** What a command prints, as one line: screens are wrapped. */
const said = async (machine: Machine, ...words: string[]) =>
  (await machine.dockerctl(...words)).stdout.replace(/\s+/g, ' ');

describe('--confirm-within', () => {
  const machine = useMachine();

  /** Until no change is open, at most ten seconds. */
  const settled = () =>
    machine.sh(
      'timeout 240 sh -c "while [ -e /var/lib/dockerctl/journal.json ]; do sleep 0.1; done"',
    );

  const start = async () => {
    await machine.write(CONFIG, OLD);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
  };

  test('a change that nobody confirms is taken back, in the file and in dockerd', async () => {
    await start();
    const ran = await machine.dockerctl('config', 'set', 'debug', 'true', '--confirm-within', '2s');
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('dockerctl confirm') });
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('true');
    await settled();
    expect(await machine.read(CONFIG)).toBe(OLD);
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('false');
  });

  test('while it waits, another change is refused', async () => {
    await machine.dockerctl('config', 'set', 'debug', 'true', '--confirm-within', '1h');
    expect(await machine.dockerctl('config', 'set', 'max-concurrent-uploads', '9')).toMatchObject({
      status: 6,
      stderr: expect.stringContaining('dockerctl confirm'),
    });
  });

  test('while it waits, the same command again says that it is not kept yet', async () => {
    expect(await machine.dockerctl('config', 'set', 'debug', 'true')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^Unchanged: .*\nPending: .*--confirm-within 1h` is taken back/,
      ),
    });
  });

  test('while it waits, history and status show that it does', async () => {
    const waits =
      /waits for `dockerctl confirm` until 20.*config set debug true --confirm-within 1h/;
    expect(await said(machine, 'config', 'history')).toMatch(waits);
    expect(await said(machine, 'status')).toContain('waits for `dockerctl confirm`');
  });

  test('a confirmed change stays, and no timer is left', async () => {
    const before = await daemonIdentity(machine);
    expect(await machine.dockerctl('confirm')).toMatchObject({ status: 0 });
    expect(JSON.parse(await machine.read(CONFIG))).toMatchObject({ debug: true });
    expect(await daemonIdentity(machine)).toEqual(before);
    expect(await machine.sh("systemctl list-timers --all --no-legend 'dockerctl-*'")).toBe('');
    expect(await machine.dockerctl('confirm')).toMatchObject({ status: 3 });
  });

  test('rollback does not wait for the time to be over', async () => {
    await start();
    await machine.dockerctl('config', 'set', 'debug', 'true', '--confirm-within', '1h');
    expect(await machine.dockerctl('config', 'rollback')).toMatchObject({ status: 0 });
    expect(await machine.read(CONFIG)).toBe(OLD);
    expect(await machine.sh("systemctl list-timers --all --no-legend 'dockerctl-*'")).toBe('');
  });

  test('what dockerd was not told of is pending in status, also where docker info does not show it', async () => {
    await start();
    await machine.dockerctl('config', 'set', 'debug', 'true', '--activate', 'never');
    const told = /debug: dockerd has false \(\/info\/Debug\).* Try: dockerctl daemon reload/;
    expect(await said(machine, 'status')).toMatch(told);
    await start();
    expect(await said(machine, 'status')).not.toMatch(/debug: dockerd has/);
    await machine.dockerctl('config', 'set', 'shutdown-timeout', '20', '--activate', 'never');
    const pending = /to do .*shutdown-timeout.* Try: dockerctl daemon (?:reload|restart)/;
    expect(await said(machine, 'status')).toMatch(pending);
    await machine.dockerctl('daemon', 'reload');
    expect(await said(machine, 'status')).not.toMatch(pending);
  });

  test('a restart of the machine ends in the old file, before dockerd reads it', async () => {
    await start();
    await machine.dockerctl('config', 'set', 'debug', 'true', '--confirm-within', '1h');
    // What a restart does to transient timers and to dockerd; the unit is what runs at boot.
    await machine.sh("systemctl stop docker.socket docker 'dockerctl-undo-*.timer'");
    expect(await machine.sh('systemctl is-enabled dockerctl-recover.service')).toBe('enabled');
    await machine.sh('systemctl start dockerctl-recover.service');
    expect(await machine.read(CONFIG)).toBe(OLD);
    await machine.sh('systemctl start docker.socket docker');
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('false');
  });
});

describe('a change over which somebody else wrote', () => {
  const machine = useMachine();
  const THEIRS = '{"debug": true}\n';

  const start = async (text: string) => {
    await machine.sh('docker ps -aq | xargs -r docker rm -f');
    await machine.write(CONFIG, text);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
    await machine.sh('docker run -d --name web --network none bb:1 sleep 100000');
  };
  const container = () =>
    machine.sh("docker inspect -f '{{.State.Running}} {{.State.Pid}} {{.State.StartedAt}}' web");
  const lastChange = () => said(machine, 'config', 'history', '--limit', '1');

  test.each([
    ['by reload', ['debug', 'true'], THEIRS],
    ['by restart', ['log-level', 'warn'], THEIRS],
    ['and broke the file', ['log-level', 'warn'], '{"log-level": "warn",'],
  ])(
    'that nobody confirms, %s: theirs is kept, dockerd and its container are left alone',
    async (_, wish, theirs) => {
      await start('{"live-restore": true}');
      const before = await container();
      await machine.dockerctl('config', 'set', ...wish, '--confirm-within', '2s');
      const dockerd = await daemonIdentity(machine);
      await machine.write(CONFIG, theirs);
      await machine.sh(
        'timeout 60 sh -c "while [ -e /var/lib/dockerctl/journal.json ]; do sleep 0.1; done"',
      );
      expect(await machine.read(CONFIG)).toBe(theirs);
      expect(await daemonIdentity(machine)).toEqual(dockerd);
      expect(await container()).toBe(before);
      expect(await lastChange()).toMatch(
        /rolled back.*was not confirmed .*was kept .*left alone.*`dockerctl daemon restart`/,
      );
    },
  );

  test('and that is rolled back meanwhile, is not said to be', async () => {
    await start('{"live-restore": true}');
    const before = await container();
    await machine.dockerctl('config', 'set', 'log-level', 'warn', '--confirm-within', '1h');
    await machine.write(CONFIG, THEIRS);
    expect(await machine.dockerctl('config', 'rollback')).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/was kept; dockerd was left alone/),
    });
    expect(await container()).toBe(before);
  });

  test('and that is confirmed in time, is confirmed as far as it is ours', async () => {
    await start('{}');
    await machine.dockerctl('config', 'set', 'debug', 'true', '--confirm-within', '1h');
    await machine.write(CONFIG, '{"debug": true, "labels": ["x=y"]}');
    expect(await machine.dockerctl('confirm')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Kept change.*\nBut .* was kept as it is/),
    });
    expect(await lastChange()).toMatch(/applied by reload.*was kept/);
    expect(await machine.sh("systemctl list-timers --all --no-legend 'dockerctl-*'")).toBe('');
  });

  /** Somebody writes `text` once `condition` holds of the pid of dockerd, `$D`. */
  const whoWrites = (text: string, condition: string) =>
    `D=$(systemctl show -p MainPID --value docker); (timeout 60 sh -c 'until ${condition}; do sleep 0.02; done' "$D"; ` +
    `echo '${text}' >${CONFIG}) >/dev/null 2>&1 & `;

  test('right after dockerd has read ours, is no success', async () => {
    await start(THEIRS);
    await machine.sh('docker rm -f web');
    const answers = '[ ! -d /proc/$0 ] && docker info';
    const { status, stderr } = await machine.exec([
      'bash',
      '-c',
      `${whoWrites('{"labels": ["x=y"]}', answers)} dockerctl config set log-level warn`,
    ]);
    expect({ status, stderr }).toMatchObject({
      status: 4,
      stderr: expect.stringMatching(/changed by somebody else.*left alone/),
    });
    expect(await machine.read(CONFIG)).toContain('x=y');
  });

  test('in a live-restore restart: the container runs on, and outlives the start that the error names', async () => {
    await start(THEIRS);
    const before = await container();
    const { status, stderr } = await machine.exec([
      'bash',
      '-c',
      `${whoWrites('{"debug": true,,,}', '[ ! -d /proc/$0 ]')} dockerctl config set log-level warn`,
    ]);
    expect({ status, stderr }).toMatchObject({
      status: 5,
      stderr: expect.stringMatching(
        /invalid (?:JSON|character).*dockerd is down; .*somebody else's by now.*without it web still run/,
      ),
    });
    const [, keep = '', restart = ''] =
      /fix what stops dockerd, then `dockerctl (.*?)`, then `(.*?)`/.exec(stderr) ?? [];
    await machine.write(CONFIG, THEIRS);
    expect(await machine.dockerctl(...keep.split(' '))).toMatchObject({ status: 0 });
    await machine.sh(`systemctl reset-failed docker docker.socket; ${restart}`);
    expect(await container()).toBe(before);
  });
});

describe('a dockerctl in the middle of a restart on a bad file', () => {
  const machine = useMachine();
  const isRestarting =
    `timeout 240 sh -c 'until grep -q garbage ${CONFIG}; do :; done'; ` +
    `timeout 240 sh -c 'while systemctl is-active -q docker; do :; done'`;

  /** Sends it a signal there, and answers once the change is closed. */
  const cutOff = async (signal: string, then = '') => {
    await machine.write(CONFIG, OLD);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
    await machine.sh(
      `dockerctl config set bip garbage --no-validate --activate restart >/dev/null 2>&1 & ` +
        `${isRestarting}; kill -${signal} $!; grep garbage ${CONFIG}; ${then}`,
    );
    await machine.sh(
      'timeout 240 sh -c "while [ -e /var/lib/dockerctl/journal.json ]; do sleep 0.1; done"',
    );
  };

  const expectTheOldConfig = async () => {
    expect(await machine.read(CONFIG)).toBe(OLD);
    expect(await machine.sh('systemctl is-active docker')).toBe('active');
    expect(await dockerInfo(machine, '{{.Debug}}')).toBe('false');
    expect(dataOf(await machine.dockerctl('config', 'history', '--json'))).toMatchObject({
      changes: expect.arrayContaining([expect.objectContaining({ status: 'rolled-back' })]),
    });
  };

  test('is killed: docker comes back alone, on the old one', async () => {
    await cutOff('KILL');
    await expectTheOldConfig();
  });

  test('is stopped and holds the lock: PID 1 ends it and takes the change back', async () => {
    // The watch has the patience that a restart may need, three minutes; it is out of it at once here.
    await cutOff('STOP', 'sleep 0.5; systemctl kill --kill-who=control "dockerctl-undo-of-*"');
    await expectTheOldConfig();
  });

  test('is left alone while it lives, and leaves no watch behind', async () => {
    const set = ['config', 'set', 'debug', 'true', '--activate', 'restart'];
    expect(await machine.dockerctl(...set)).toMatchObject({ status: 0 });
    expect(await machine.sh("systemctl list-units --all --no-legend 'dockerctl-*'")).toBe('');
  });
});
