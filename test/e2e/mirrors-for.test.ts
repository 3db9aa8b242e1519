import { beforeAll, describe, expect, test } from '@jest/globals';
import { push } from './support/daemon.js';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

/** Where a dockerd reads hosts.toml. */
const STORES = engine.docker === '28.5' ? ['graph drivers', 'containerd'] : ['graph drivers'];
const PODMAN = ['podman', '--root=/srv/podman', '--runroot=/run/podman', '--storage-driver=vfs'];
const CTR = ['ctr', 'images', 'pull', '--hosts-dir', '/etc/containerd/certs.d'];
const FILES =
  'find /etc/docker/certs.d /etc/containerd /etc/containers -type f 2>/dev/null | sort | xargs sha256sum';

describe.each(STORES)('mirrors of another registry, with images in %s', (store) => {
  const machine = useMachine();
  let authority: Authority;
  const mirror = 'https://mirror.test:6443';

  beforeAll(async () => {
    if (store === 'containerd')
      await machine.dockerctl('config', 'set', 'features.containerd-snapshotter', 'true');
    await machine.sh('docker import /root/bb.tar bb:1');
    authority = await makeAuthority(machine, 'lab');
    const registry = await startRegistry(machine, {
      port: 5443,
      tls: await authority.issue('registry.test'),
    });
    await machine.dockerctl('trust', 'add-registry', registry, '--ca', authority.ca);
    expect(await push(machine, registry, 'team/app')).toMatchObject({ status: 0 });
    const tls = await authority.issue('mirror.test');
    await machine.sh(`cp ${authority.ca} /usr/local/share/ca-certificates/lab.crt`);
    await machine.sh('update-ca-certificates >/dev/null 2>&1');
    const config = {
      version: 0.1,
      storage: { filesystem: { rootdirectory: '/srv/cache' } },
      http: { addr: '10.99.0.1:6443', tls: { certificate: tls.cert, key: tls.key } },
      proxy: { remoteurl: `https://${registry}` },
    };
    await machine.write('/srv/cache.yml', JSON.stringify(config));
    await machine.sh(`
      systemd-run --quiet --unit=cache docker-registry serve /srv/cache.yml
      timeout 240 bash -c 'until (exec 3<>/dev/tcp/10.99.0.1/6443) 2>/dev/null; do sleep 0.05; done'
    `);
    await machine.sh('rm /usr/local/share/ca-certificates/lab.crt; update-ca-certificates --fresh');
  });

  test('are asked by whoever can have them, and leave nothing behind', async () => {
    const before = await machine.sh(FILES);
    const set = ['mirrors', 'set', '--for', 'ghcr.test', mirror, '--ca', authority.ca];
    const done = await machine.dockerctl(...set);
    expect(done).toMatchObject({ status: 0 });
    if (store === 'graph drivers') {
      expect(done.stdout).toMatch(/not for dockerd: it keeps its images in graph drivers/);
      const alone = await machine.dockerctl(...set, '--to', 'docker');
      expect(alone.stderr).toMatch(/dockerd cannot have mirrors for ghcr\.test/);
      expect(alone.status).not.toBe(0);
    } else {
      const pulled = await machine.exec(['docker', 'pull', 'ghcr.test/team/app:1']);
      expect(pulled).toMatchObject({ status: 0 });
      expect((await machine.dockerctl('mirrors', 'list')).stdout).toMatch(/ghcr\.test: https:/);
    }
    for (const argv of [
      [...CTR, 'ghcr.test/team/app:1'],
      [...PODMAN, 'pull', '-q', 'ghcr.test/team/app:1'],
      ['skopeo', 'inspect', '--raw', 'docker://ghcr.test/team/app:1'],
    ])
      expect(await machine.exec(argv)).toMatchObject({ status: 0 });
    expect(await machine.dockerctl('mirrors', 'clear', '--for', 'ghcr.test')).toMatchObject({
      status: 0,
    });
    expect(await machine.sh(FILES)).toBe(before);
  });

  test('for all registries are asked by whoever can have them, for any name', async () => {
    const before = await machine.sh(FILES);
    const done = await machine.dockerctl(
      ...['mirrors', 'set', '--for', '_default', mirror, '--ca', authority.ca],
    );
    expect(done).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('podman knows no mirrors for all registries'),
    });
    const pulled = await machine.exec(['docker', 'pull', 'quay.test/team/app:1']);
    if (store === 'graph drivers') expect(pulled.status).not.toBe(0);
    else expect(pulled).toMatchObject({ status: 0 });
    for (const name of ['quay.test', 'gcr.test'])
      expect(await machine.exec([...CTR, `${name}/team/app:1`])).toMatchObject({ status: 0 });
    expect(await machine.dockerctl('mirrors', 'clear', '--for', '_default')).toMatchObject({
      status: 0,
    });
    expect(await machine.sh(FILES)).toBe(before);
  });

  test('a mirror of Docker Hub whose CA was known before it is trusted at once', async () => {
    const name = 'mirror.test:6443';
    await machine.dockerctl('trust', 'add-registry', name, '--ca', authority.ca, '--to', 'docker');
    await machine.dockerctl('mirrors', 'set', mirror);
    expect(await machine.exec(['docker', 'pull', 'team/app:1'])).toMatchObject({ status: 0 });
  });
});
