import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dockerInfo } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const MIRROR = 'https://mirror.test';

/** As on a machine that systemd does not run: nothing of it is seen any more. */
const HIDE_SYSTEMD = `
  systemctl stop docker.socket docker.service
  mount -t tmpfs tmpfs /run/systemd
`;

const FORCED_BAD = [
  ...['config', 'set', 'exec-opts', '["native.cgroupdriver=foo"]'],
  ...['--no-validate', '--activate', 'restart'],
];

describe('without systemd', () => {
  const machine = useMachine();
  const pid = () => machine.sh('cat /run/docker.pid');
  const untilUp = 'timeout 240 sh -c "until docker info >/dev/null 2>&1; do sleep 0.1; done"';

  beforeAll(async () => {
    await machine.sh(HIDE_SYSTEMD);
    // The script asks for more open files than a container may have.
    await machine.sh("sed -i 's/^\\s*ulimit .*/:/' /etc/init.d/docker");
  });

  beforeEach(async () => {
    await machine.sh(`rm -f ${CONFIG}`);
  });

  describe('a dockerd of the service script', () => {
    beforeEach(async () => {
      await machine.sh(`service docker stop; service docker start; ${untilUp}`);
    });

    test('reloads by SIGHUP, restarts by the script, and keeps containers running', async () => {
      expect((await machine.dockerctl('daemon', 'status')).stdout).toContain('service script');
      const first = await pid();
      expect(await machine.dockerctl('mirrors', 'set', MIRROR)).toMatchObject({ status: 0 });
      expect(await dockerInfo(machine, '{{.RegistryConfig.Mirrors}}')).toBe(`[${MIRROR}/]`);
      expect(await pid()).toBe(first);

      const container = await machine.sh('docker run -d --network none bb:1 sleep 600');
      const process = () => machine.sh(`docker inspect -f '{{.State.Pid}}' ${container}`);
      const running = await process();
      const changed = await machine.dockerctl('config', 'set', 'log-driver', 'local');
      expect(changed).toMatchObject({ status: 0 });
      expect(await dockerInfo(machine, '{{.LoggingDriver}} {{.LiveRestoreEnabled}}')).toBe(
        'local false',
      );
      expect(await process()).toBe(running);
      expect(await pid()).not.toBe(first);
      await machine.sh(`docker rm -f ${container}`);
    });

    test('is started by `daemon restart` when it does not run', async () => {
      await machine.sh('service docker stop');
      expect(await machine.dockerctl('daemon', 'restart')).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('Started dockerd'),
      });
      expect(await dockerInfo(machine, '{{.CgroupDriver}}')).not.toBe('');
    });

    test('is brought back when it does not start, with its own words', async () => {
      const ran = await machine.dockerctl(...FORCED_BAD);
      expect(ran).toMatchObject({
        status: 4,
        stderr: expect.stringMatching(/native\.cgroupdriver.*\nTry: /),
      });
      expect(ran.stderr).not.toContain('within 60 s');
      expect(await machine.sh(`ls ${CONFIG} 2>/dev/null || true`)).toBe('');
      expect(await dockerInfo(machine, '{{.CgroupDriver}}')).not.toBe('');
    });
  });

  describe('a dockerd that somebody started by hand', () => {
    beforeAll(async () => {
      await machine.sh(`service docker stop; mv /etc/init.d/docker /root/
        setsid dockerd --label=by=hand >/root/dockerd.log 2>&1 </dev/null & ${untilUp}`);
    });

    test('reloads by SIGHUP', async () => {
      const first = await pid();
      expect(await machine.dockerctl('mirrors', 'set', MIRROR)).toMatchObject({ status: 0 });
      expect(await dockerInfo(machine, '{{.RegistryConfig.Mirrors}}')).toBe(`[${MIRROR}/]`);
      expect(await pid()).toBe(first);
      const { stdout } = await machine.dockerctl('config', 'show', 'labels', '--effective');
      expect(stdout).toMatch(/by=hand.*flag: the command line of process/);
    });

    test('is not restarted: nobody would know how', async () => {
      const first = await pid();
      const ran = await machine.dockerctl('config', 'set', 'log-driver', 'local');
      expect(ran).toMatchObject({
        status: 3,
        stderr: expect.stringContaining('--activate never'),
      });
      expect(await machine.sh(`ls ${CONFIG} 2>/dev/null || true`)).toBe('');
      expect(await pid()).toBe(first);

      const written = ['config', 'set', 'log-driver', 'local', '--activate', 'never'];
      expect(await machine.dockerctl(...written)).toMatchObject({
        status: 0,
        stdout: expect.stringContaining('Pending'),
      });
      expect((await machine.dockerctl('config', 'diff')).stdout).toContain('log-driver');
    });
  });
});
