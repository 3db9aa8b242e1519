import { beforeAll, describe, expect, test } from '@jest/globals';
import { daemonIdentity, pull, push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry } from './support/registry.js';

describe('trust for a private registry', () => {
  const machine = useMachine();
  let registry = '';
  let ca = '';

  beforeAll(async () => {
    const authority = await makeAuthority(machine, 'private-ca');
    ({ ca } = authority);
    registry = await startRegistry(machine, {
      port: 5443,
      tls: await authority.issue('registry.test'),
    });
  });

  test('is added and taken away while dockerd runs on', async () => {
    const before = await daemonIdentity(machine);

    expect((await push(machine, registry)).stderr).toContain('x509');

    const added = await machine.dockerctl('trust', 'add-registry', registry, '--ca', ca);
    expect(added).toMatchObject({ status: 0 });
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
    expect(await pull(machine, registry)).toMatchObject({ status: 0 });

    const again = await machine.dockerctl('trust', 'add-registry', registry, '--ca', ca);
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('Unchanged') });

    expect((await machine.dockerctl('trust', 'list')).stdout).toContain(registry);

    const removed = await machine.dockerctl('trust', 'remove-registry', registry);
    expect(removed).toMatchObject({ status: 0 });
    expect((await push(machine, registry)).stderr).toContain('x509');

    expect(await daemonIdentity(machine)).toEqual(before);
  });

  test('refuses what it cannot verify, before it asks dockerd', async () => {
    expect(await machine.dockerctl('trust', 'verify')).toMatchObject({ status: 2 });
    const mistyped = await machine.dockerctl('trust', 'verify', 'registry test');
    expect(mistyped).toMatchObject({ status: 3, stderr: expect.stringContaining('has a space') });
  });
});
