import { beforeAll, describe, expect, test } from '@jest/globals';
import { push } from './support/daemon.js';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

const DEAD = 'https://10.99.0.1:9991';
const OWN = 'registry.test:5443';

/** Where a dockerd's pulls read /etc/docker/certs.d/REGISTRY/hosts.toml: since 28.0, with images in containerd. */
const READS = engine.docker === '28.5' ? [true, false] : [false];

describe.each(READS)('hosts.toml of dockerd, where it is read: %s', (reads) => {
  const machine = useMachine();
  let authority: Authority;
  const hosts = (registry: string, text: string) =>
    machine.write(`/etc/docker/certs.d/${registry}/hosts.toml`, text);
  const drop = (registry: string) => machine.sh(`rm -rf /etc/docker/certs.d/${registry}`);

  beforeAll(async () => {
    if (reads)
      await machine.dockerctl('config', 'set', 'features.containerd-snapshotter', 'true', '--yes');
    await machine.sh('docker import /root/bb.tar bb:1');
    authority = await makeAuthority(machine, 'lab');
    await startRegistry(machine, { port: 5443, tls: await authority.issue('registry.test') });
    await machine.dockerctl('trust', 'add-registry', OWN, '--ca', authority.ca, '--to', 'docker');
    expect(await push(machine, OWN, 'team/app')).toMatchObject({ status: 0 });
  });

  test('another server in its place: what verify and list say is what a pull does', async () => {
    await hosts('ghcr.test', `[host."https://${OWN}"]\nca = "${authority.ca}"\n`);
    const { status } = await machine.exec(['docker', 'pull', 'ghcr.test/team/app:1']);
    expect(status === 0).toBe(reads);
    expect(await machine.dockerctl('trust', 'verify', 'ghcr.test')).toMatchObject({
      status: reads ? 0 : 1,
    });
    const { stdout } = await machine.dockerctl('trust', 'list');
    expect(/ghcr\.test +docker .*asks https:/.test(stdout)).toBe(reads);
    await drop('ghcr.test');
  });

  test('dead servers of Docker Hub: its mirrors are not asked, and everybody says so', async () => {
    await hosts('docker.io', `[host."${DEAD}"]\n`);
    const set = await machine.dockerctl('mirrors', 'set', `https://${OWN}`);
    expect(set.stdout.includes('they do not count for pulls')).toBe(reads);
    const pulled = await machine.exec(['docker', 'pull', 'team/app:1']);
    expect(pulled.status === 0).toBe(!reads);
    const tested = await machine.dockerctl('mirrors', 'test');
    expect(tested.status).toBe(reads ? 1 : 0);
    expect(tested.stdout).toContain(reads ? DEAD : OWN);
    await machine.dockerctl('mirrors', 'clear');
    await drop('docker.io');
  });

  test('a server in a registry’s own folder: dead, then without its CA, then with it by one command', async () => {
    const pull = () => machine.exec(['docker', 'pull', `${OWN}/team/app:1`]);
    const verify = () => machine.dockerctl('trust', 'verify', OWN);
    await hosts(OWN, `server = "${DEAD}"\n`);
    expect((await pull()).status === 0).toBe(!reads);
    expect((await verify()).status === 0).toBe(!reads);
    await hosts(OWN, `server = "https://${OWN}"\n`);
    expect((await pull()).status === 0).toBe(!reads);
    expect((await verify()).status === 0).toBe(!reads);
    const fixed = await machine.dockerctl('doctor', '--fix', 'registry-ca-elsewhere', '--yes');
    expect(fixed).toMatchObject({ status: reads ? 0 : expect.any(Number) });
    expect(await pull()).toMatchObject({ status: 0 });
    expect(await verify()).toMatchObject({ status: 0 });
    await machine.sh(`rm /etc/docker/certs.d/${OWN}/hosts.toml`);
  });

  test('mirrors are added and removed one by one', async () => {
    const mirrors = (verb: string, ...urls: string[]) =>
      machine.dockerctl('mirrors', verb, '--for', 'ghcr.test', ...urls);
    await mirrors('add', DEAD, '--ca', authority.ca);
    expect(await mirrors('add', `https://${OWN}`)).toMatchObject({ status: 0 });
    if (reads) {
      expect(await machine.exec(['docker', 'pull', 'ghcr.test/team/app:1'])).toMatchObject({
        status: 0,
      });
      const tested = await mirrors('test');
      expect(tested).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(/9991 +dead[\s\S]*5443\S* +(answers|serves|ok)/),
      });
    }
    await mirrors('remove', DEAD);
    expect((await machine.dockerctl('mirrors', 'list')).stdout.includes(DEAD)).toBe(false);
    expect(await mirrors('remove', `https://${OWN}`)).toMatchObject({ status: 0 });
    expect(await machine.sh('ls /etc/docker/certs.d')).not.toContain('ghcr.test');
  });
});
