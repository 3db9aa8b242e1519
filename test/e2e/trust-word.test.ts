import { beforeAll, describe, expect, test } from '@jest/globals';
import { push } from './support/daemon.js';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';
import { startTokenRegistry } from './support/token-registry.js';

/** containerd's store fetches tokens by the system's certificates alone (facts of 26.1 and 28.5; 29.5 reads certs.d). */
const STORES = engine.docker === '20.10' ? ['graph drivers'] : ['graph drivers', 'containerd'];

describe.each(STORES)('proved by dockerd itself, with images in %s', (store) => {
  const machine = useMachine();
  const trust = (...argv: string[]) => machine.dockerctl('trust', ...argv);
  let authority: Authority;
  let plain = '';
  let token = '';

  beforeAll(async () => {
    if (store === 'containerd')
      await machine.dockerctl('config', 'set', 'features.containerd-snapshotter', 'true');
    await machine.sh('docker import /root/bb.tar bb:1');
    authority = await makeAuthority(machine, 'lab');
    const tls = await authority.issue('registry.test');
    plain = await startRegistry(machine, { port: 5443, tls });
    const realm = { port: 7443, tls: await authority.issue('mirror.test') };
    token = await startTokenRegistry(machine, { port: 6443, tls, realm });
  });

  test('a token server under the same private CA: what dockerd does, and no more, is called proved', async () => {
    const added = await trust('add-registry', token, '--ca', authority.ca, '--to', 'docker');
    const pulled = await machine.exec(['docker', 'pull', `${token}/none:1`]);
    const through = /manifest unknown|not found/.test(pulled.stderr);
    expect(through).toBe(store === 'graph drivers');
    expect(added.status).toBe(through ? 0 : 1);
    expect(/^Proved by dockerd/m.test(added.stdout)).toBe(through);
    expect((await trust('verify', token, '--to', 'docker')).status).toBe(through ? 0 : 1);
    await trust('remove-registry', token);
  });

  test('podman and containerd answer for themselves, whatever dockerd thinks of the registry', async () => {
    const { status, stdout } = await trust(
      ...['add-registry', plain, '--ca', authority.ca, '--to', 'podman,containerd'],
    );
    expect(stdout).toMatch(/^Proved by ctr, skopeo: /m);
    expect(status).toBe(0);
    expect((await push(machine, plain)).stderr).toMatch(/x509/);
    const all = await trust('verify', '--all', '--require-proof');
    expect(all.stdout).toMatch(new RegExp(`ok ${plain}: proved by `));
    expect(all.status).toBe(0);
    expect((await trust('verify', plain)).status).toBe(1);
    await machine.sh(`echo -n >/etc/containers/certs.d/${plain}/ca.crt`);
    const broken = await trust('verify', plain, '--to', 'podman');
    expect(broken.stdout).toMatch(/skopeo itself, for podman, says: .*x509/);
    expect(broken.status).toBe(1);
    await trust('remove-registry', plain);
  });

  test('without a dockerd nothing is proved, and a script can tell', async () => {
    await machine.sh('systemctl stop docker.socket docker.service');
    const add = ['add-registry', plain, '--ca', authority.ca, '--to', 'docker'];
    const { status, stdout } = await trust(...add);
    expect(stdout).toMatch(/not proved by dockerd: no dockerd runs here/);
    expect(stdout).not.toMatch(/Proved by/);
    expect(status).toBe(0);
    expect(await trust(...add, '--require-proof')).toMatchObject({ status: 1 });
    await machine.sh('systemctl start docker.service');
    expect(await trust(...add, '--require-proof')).toMatchObject({ status: 0 });
    await trust('remove-registry', plain);
  });
});
