import { beforeAll, describe, expect, test } from '@jest/globals';
import { daemonIdentity, push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { startRegistry } from './support/registry.js';

describe('a registry without TLS', () => {
  const machine = useMachine();
  let registry = '';

  beforeAll(async () => {
    registry = await startRegistry(machine, { port: 5080 });
  });

  test('is usable after insecure add and refused after insecure remove, by reload both times', async () => {
    const before = await daemonIdentity(machine);
    expect((await push(machine, registry)).stderr).toContain('HTTP response to HTTPS client');

    expect(await machine.dockerctl('insecure', 'add', registry)).toMatchObject({ status: 0 });
    expect((await machine.dockerctl('insecure', 'list')).stdout).toContain(registry);
    expect(await push(machine, registry)).toMatchObject({ status: 0 });

    expect(await machine.dockerctl('insecure', 'remove', registry)).toMatchObject({ status: 0 });
    expect((await push(machine, registry)).stderr).toContain('HTTP response to HTTPS client');

    expect(await daemonIdentity(machine)).toEqual(before);
  });
});
