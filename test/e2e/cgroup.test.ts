import { describe, expect, test } from '@jest/globals';
import { daemonIdentity, dockerInfo } from './support/daemon.js';
import { useMachine } from './support/machine.js';

describe('the cgroup driver', () => {
  const machine = useMachine();

  test('changes by a restart that a container without restart policy outlives', async () => {
    const container = await machine.sh('docker run -d --network none bb:1 sleep 600');
    const process = () =>
      machine.sh(`docker inspect -f '{{.State.Pid}} {{.State.StartedAt}}' ${container}`);
    const [daemon, running] = [await daemonIdentity(machine), await process()];
    expect(await dockerInfo(machine, '{{.CgroupDriver}} {{.LiveRestoreEnabled}}')).toBe(
      'systemd false',
    );

    const foreseen = await machine.dockerctl('cgroup', 'set', 'cgroupfs', '--dry-run');
    expect(foreseen.stdout).toMatch(
      /Would restart dockerd: .*live-restore is switched on by reload/,
    );
    expect(await daemonIdentity(machine)).toEqual(daemon);

    expect(await machine.dockerctl('cgroup', 'set', 'cgroupfs')).toMatchObject({ status: 0 });

    expect(await dockerInfo(machine, '{{.CgroupDriver}} {{.LiveRestoreEnabled}}')).toBe(
      'cgroupfs false',
    );
    expect(await process()).toBe(running);
    expect(await daemonIdentity(machine)).not.toEqual(daemon);
    expect(JSON.parse(await machine.read('/etc/docker/daemon.json'))).toEqual({
      'exec-opts': ['native.cgroupdriver=cgroupfs'],
    });
    expect((await machine.dockerctl('cgroup', 'show')).stdout).toContain('cgroupfs');
  });
});
