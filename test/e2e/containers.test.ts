import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { daemonIdentity, dataOf, dockerInfo } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const BEFORE = '{\n  "debug": false\n}\n';

/** Has a client ask docker.socket, once, when the bad file has been there and is gone again. */
const METHODICAL_SYSTEMCTL = `#!/bin/sh
if grep -q foo ${CONFIG}; then touch /run/bad-file-came
elif [ -e /run/bad-file-came ] && [ ! -e /run/client-came ]; then
  curl -s --max-time 5 --unix-socket /run/docker.sock http://docker/_ping; touch /run/client-came
fi >/dev/null
exec /usr/bin/systemctl "$@"
`;

describe('a restart of dockerd with a container that nobody would start again', () => {
  const machine = useMachine();
  const container = () =>
    machine.sh("docker inspect -f '{{.State.Running}} {{.State.Pid}} {{.State.StartedAt}}' web");
  const liveRestore = () => dockerInfo(machine, '{{.LiveRestoreEnabled}}');
  let before = '';

  beforeAll(async () => {
    await machine.write(CONFIG, BEFORE);
    await machine.sh('systemctl reset-failed docker docker.socket; systemctl restart docker');
    await machine.sh('docker run -d --name web --network none bb:1 sleep 100000');
  });

  beforeEach(async () => {
    before = await container();
    expect(before).toMatch(/^true [1-9]/);
  });

  test('`daemon restart` keeps it running, and leaves no trace of live-restore', async () => {
    const old = await daemonIdentity(machine);
    const ran = await machine.dockerctl('daemon', 'restart', '--json');
    expect(dataOf(ran)).toMatchObject({ activated: { how: 'live-restore-bridge' } });
    expect((await daemonIdentity(machine)).pid).not.toBe(old.pid);
    expect(await container()).toBe(before);
    expect(await liveRestore()).toBe('false');
    expect(await machine.read(CONFIG)).toBe(BEFORE);
  });

  test('it also survives a configuration with which dockerd does not start', async () => {
    const bad = ['config', 'set', 'exec-opts', '["native.cgroupdriver=foo"]', '--no-validate'];
    const ran = await machine.dockerctl(...bad, '--activate', 'restart');
    expect(ran).toMatchObject({
      status: 4,
      stderr: expect.stringContaining('native.cgroupdriver'),
    });
    expect(await machine.read(CONFIG)).toBe(BEFORE);
    expect(await container()).toBe(before);
    expect(await liveRestore()).toBe('false');
  });

  test('also when a client starts dockerd just while the old file comes back', async () => {
    await machine.write('/usr/local/bin/systemctl', METHODICAL_SYSTEMCTL, '0755');
    const bad = ['config', 'set', 'exec-opts', '["native.cgroupdriver=foo"]', '--no-validate'];
    const ran = await machine.dockerctl(...bad, '--activate', 'restart');
    await machine.sh('rm /usr/local/bin/systemctl; test -e /run/client-came');
    expect(ran).toMatchObject({ status: 4 });
    expect(await machine.read(CONFIG)).toBe(BEFORE);
    expect(await container()).toBe(before);
    expect(await liveRestore()).toBe('false');
  });

  test('it runs on when dockerd comes up on neither file, and outlives the start that the error names', async () => {
    const dropIn = '/etc/systemd/system/docker.service.d/broken.conf';
    await machine.sh('mkdir -p /etc/systemd/system/docker.service.d');
    await machine.write(dropIn, '[Service]\nExecStartPre=false\n');
    await machine.sh('systemctl daemon-reload');
    const ran = await machine.dockerctl('daemon', 'restart');
    expect(ran).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('without it web still run'),
    });
    const [, keep = '', start = ''] =
      /fix what stops dockerd, then `dockerctl (.*?)`, then `(.*?)`/.exec(ran.stderr) ?? [];
    const [, hold = 'false'] = /Try: `(systemctl stop .*?)`, look/.exec(ran.stderr) ?? [];
    await machine.sh(
      `${hold}; rm ${dropIn}; systemctl daemon-reload; systemctl reset-failed docker`,
    );
    expect(await machine.dockerctl(...keep.split(' '))).toMatchObject({ status: 0 });
    await machine.sh(start);
    expect(await container()).toBe(before);
    expect(await machine.dockerctl('config', 'rollback')).toMatchObject({ status: 0 });
    expect(await machine.read(CONFIG)).toBe(BEFORE);
    expect(await container()).toBe(before);
  });

  test.each([1.2, 2, 3.5])(
    'it survives kill -9 of dockerctl after %d s, and `recover` leaves one of both files',
    async (seconds) => {
      const cut = `timeout -s KILL ${seconds} dockerctl cgroup set cgroupfs`;
      await machine.exec(['bash', '-c', cut]);
      expect((await machine.dockerctl('recover')).status).toBe(0);
      expect(await machine.read(CONFIG)).not.toContain('live-restore');
      expect(await container()).toBe(before);
      expect(await liveRestore()).toBe('false');
      expect((await machine.dockerctl('cgroup', 'set', 'systemd')).status).toBe(0);
      expect(await container()).toBe(before);
    },
  );

  // Somebody wrote by hand how dockerd shall find its containers, and nobody has seen it start.
  test.each([
    '{"exec-root":"/run/elsewhere"}',
    '{"userns-remap":"default"}',
    '{"data-root":"/srv/elsewhere"}',
    '{"containerd-namespace":"elsewhere"}',
  ])('with %s, which may not be in force, it is not lost', async (text) => {
    await machine.write(CONFIG, text);
    await machine.sh('rm -rf /var/lib/dockerctl');
    const old = await daemonIdentity(machine);
    const ran = await machine.dockerctl('daemon', 'restart', '--yes');
    await machine.write(CONFIG, BEFORE);
    expect(ran).toMatchObject({ status: 3, stderr: expect.stringMatching(/would stop web/) });
    expect(await daemonIdentity(machine)).toEqual(old);
    expect(await container()).toBe(before);
  });

  test('where live-restore does not help nothing is changed, and the container is named', async () => {
    const old = await daemonIdentity(machine);
    const bytes = await machine.read(CONFIG);
    const ran = await machine.dockerctl('config', 'set', 'data-root', '/var/lib/elsewhere');
    expect(ran.status).toBe(3);
    expect(ran.stderr).toContain('web (restart policy no)');
    expect(ran.stderr).toContain('--containers stop');
    expect(await machine.read(CONFIG)).toBe(bytes);
    expect(await daemonIdentity(machine)).toEqual(old);
  });
});
