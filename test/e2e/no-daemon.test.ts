import { beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';
import { makeAuthority } from './support/registry.js';

describe('a machine without dockerd', () => {
  const machine = useMachine();

  beforeAll(() =>
    machine.sh('dpkg --purge --force-depends docker.io 2>&1; rm -rf /etc/docker /run/docker.sock'),
  );

  test('gets its files written, and is told that there is no daemon to tell', async () => {
    const { ca } = await makeAuthority(machine, 'private-ca');
    const trusted = await machine.dockerctl(
      'trust',
      'add-registry',
      'registry.test:5443',
      '--ca',
      ca,
      '--no-verify',
    );
    expect(trusted).toMatchObject({ status: 0 });
    expect(await machine.read('/etc/docker/certs.d/registry.test:5443/ca.crt')).toBe(
      await machine.read(ca),
    );

    const mirrored = await machine.dockerctl('mirrors', 'set', 'https://mirror.test');
    expect(mirrored).toMatchObject({ status: 0, stdout: expect.stringContaining('no dockerd') });
    expect(JSON.parse(await machine.read('/etc/docker/daemon.json'))).toEqual({
      'registry-mirrors': ['https://mirror.test'],
    });
  });
});
