import { beforeEach, describe, expect, test } from '@jest/globals';
import { dataOf } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const FILE = '/etc/docker/daemon.json';
const OLD = '172.17.0.1/16';

describe('docker0', () => {
  const machine = useMachine();
  /** As the kernel has it: the address, and the routes that lead there. */
  const docker0 = async (): Promise<string> =>
    (
      await machine.sh(
        `ip -4 -o addr show docker0 | grep -o 'inet [^ ]*'; ip -4 route | grep -o '.* dev docker0'`,
      )
    ).trim();
  const isOld = `inet ${OLD}\n172.17.0.0/16 dev docker0`;

  beforeEach(async () => {
    await machine.sh(
      `docker ps -aq | xargs -r docker rm -f >/dev/null; echo '{"bip":"${OLD}"}' >${FILE}; systemctl reset-failed docker docker.socket; systemctl restart docker; echo '{}' >${FILE}; systemctl reset-failed docker; systemctl restart docker`,
    );
    expect(await docker0()).toBe(isOld);
  });

  test('is as before when nobody confirms a change of its address', async () => {
    await machine.sh('docker network create kept; docker create --name stopped bb:1 true');
    const ran = await machine.dockerctl(
      ...['config', 'set', 'bip', '10.77.0.1/24', '--confirm-within', '2s', '--yes'],
    );
    expect(ran).toMatchObject({ status: 0 });
    expect(await docker0()).toBe('inet 10.77.0.1/24\n10.77.0.0/24 dev docker0');
    await machine.sh(
      `for i in $(seq 600); do dockerctl config history | grep -q 'rolled back' && exit; sleep 0.2; done; exit 1`,
    );
    expect(await docker0()).toBe(isOld);
    expect(await machine.read(FILE)).toBe('{}\n');
    expect(await machine.sh('docker network ls --format {{.Name}}')).toMatch(/^kept$/m);
    expect(await machine.sh('docker ps -aq --filter name=stopped')).not.toBe('');
    await machine.sh('docker network rm kept');
  });

  test.each([
    ['rollback', ['config', 'rollback', '--yes']],
    ['unset', ['config', 'unset', 'bip', '--yes']],
  ])('is made anew by %s', async (_, back) => {
    await machine.dockerctl('config', 'set', 'bip', '10.78.0.1/24', '--yes');
    expect(await docker0()).toMatch(/^inet 10\.78\.0\.1/);
    const foreseen = await machine.dockerctl(...back, '--dry-run');
    expect(foreseen.stdout).toMatch(/docker0 is made anew/);
    const ran = await machine.dockerctl(...back);
    expect(ran).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/docker0 was made anew/),
    });
    expect(await docker0()).toBe(isOld);
  });

  test('leaves pools that are no longer there', async () => {
    const pools = '[{"base":"10.66.0.0/16","size":24}]';
    await machine.dockerctl('config', 'set', 'default-address-pools', pools, '--yes');
    expect(await docker0()).toMatch(/^inet 10\.66\.0\.1/);
    await machine.dockerctl('config', 'unset', 'default-address-pools', '--yes');
    expect(await docker0()).toBe(isOld);
  });

  test('stays while containers run, and that is said', async () => {
    await machine.dockerctl(
      ...['config', 'set', 'bip', '10.79.0.1/24', '--confirm-within', '20s', '--yes'],
    );
    await machine.sh('docker run -d --name late --network none bb:1 sleep 8888');
    const undone = await machine.dockerctl('config', 'rollback', '--yes', '--json');
    expect(await docker0()).toMatch(/^inet 10\.79\.0\.1/);
    expect(JSON.stringify(dataOf(undone))).toMatch(/docker0 keeps 10\.79\.0\.0\/24/);
    expect(await machine.sh('docker ps --format {{.Names}}')).toBe('late');
  });
});
