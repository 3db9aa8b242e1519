import { describe, expect, test } from '@jest/globals';
import { daemonIdentity, dockerInfo } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const MIRROR = 'https://mirror.test:5443';

describe('mirrors', () => {
  const machine = useMachine();

  test('are set by a reload, and left alone when they are set already', async () => {
    const before = await daemonIdentity(machine);

    expect(await machine.dockerctl('mirrors', 'set', MIRROR)).toMatchObject({ status: 0 });
    expect((await machine.dockerctl('mirrors', 'list')).stdout).toContain(MIRROR);
    expect(await dockerInfo(machine, '{{json .RegistryConfig.Mirrors}}')).toBe(`["${MIRROR}/"]`);

    const file = await machine.sh('stat -c "%i %y" /etc/docker/daemon.json');
    const reloads = await reloadCount();
    expect(await machine.dockerctl('mirrors', 'set', MIRROR)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Unchanged'),
    });
    expect(await machine.sh('stat -c "%i %y" /etc/docker/daemon.json')).toBe(file);
    expect(await reloadCount()).toBe(reloads);
    expect(await daemonIdentity(machine)).toEqual(before);
  });

  test('without a scheme are refused with the line that was meant', async () => {
    const ran = await machine.dockerctl('mirrors', 'set', 'mirror.test');
    expect(ran).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('dockerctl mirrors set https://mirror.test'),
    });
  });

  test('are gone from the daemon at once when they are cleared', async () => {
    expect(await machine.dockerctl('mirrors', 'clear')).toMatchObject({ status: 0 });
    expect(await dockerInfo(machine, '{{len .RegistryConfig.Mirrors}}')).toBe('0');
  });

  function reloadCount(): Promise<string> {
    return machine.sh("journalctl -u docker -o cat | grep -c 'Got signal to reload' || true");
  }
});
