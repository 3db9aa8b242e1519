import { beforeEach, describe, expect, test } from '@jest/globals';
import { dockerInfo } from './support/daemon.js';
import { useMachine } from './support/machine.js';

const CONFIG = '/etc/docker/daemon.json';
const MIRROR = 'https://mirror.test';

describe('a dockerd that does not run', () => {
  const machine = useMachine();
  const state = () => machine.sh('systemctl is-active docker || true');
  const setMirror = (...options: readonly string[]) =>
    machine.dockerctl('mirrors', 'set', MIRROR, ...options);

  beforeEach(async () => {
    await machine.sh(`rm -f ${CONFIG}; systemctl unmask --runtime docker docker.socket
      systemctl stop docker.socket docker`);
  });

  test('is left as it is; the change waits for its next start', async () => {
    expect(await setMirror()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('dockerd is stopped and was not started'),
    });
    expect(await state()).toBe('inactive');
    await machine.sh('systemctl start docker');
    expect(await dockerInfo(machine, '{{.RegistryConfig.Mirrors}}')).toBe(`[${MIRROR}/]`);
  });

  test('is started where a restart was asked for', async () => {
    expect(await setMirror('--activate', 'restart')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Started dockerd'),
    });
    expect(await dockerInfo(machine, '{{.RegistryConfig.Mirrors}}')).toBe(`[${MIRROR}/]`);
  });

  test('is not woken through its socket', async () => {
    await machine.sh('systemctl start docker.socket');
    for (const look of [['status'], ['doctor'], ['config', 'show', '--effective']])
      expect([0, 1]).toContain((await machine.dockerctl(...look)).status);
    expect(await setMirror()).toMatchObject({ status: 0 });
    expect(await state()).toBe('inactive');
  });

  test('is refused a file with which it would not start, also while it is down', async () => {
    const bad = await machine.dockerctl('config', 'set', 'exec-opts', 'native.cgroupdriver=foo');
    expect(bad).toMatchObject({ status: 3, stderr: expect.stringContaining('Try: ') });
    expect(await machine.sh(`ls ${CONFIG} 2>/dev/null || true`)).toBe('');
  });

  test('stays masked, and is said to be', async () => {
    await machine.sh('systemctl mask --runtime docker docker.socket 2>&1');
    expect(await setMirror()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('unit is masked'),
    });
    expect(await machine.read(CONFIG)).toContain(MIRROR);
    expect((await machine.dockerctl('daemon', 'status')).stdout).toContain('masked');
    expect(await machine.dockerctl('daemon', 'restart')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('systemctl unmask docker'),
    });
  });
});
