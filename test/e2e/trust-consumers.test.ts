import { beforeAll, describe, expect, test } from '@jest/globals';
import { daemonIdentity, pull, push } from './support/daemon.js';
import { engine } from './support/engine.js';
import { useMachine, type Machine, type Ran } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

const UNTRUSTED = /x509|unknown authority/;
/**
 * Names, modes, owners, link targets and contents: what "everything undone" means. But for the bytes of Java's store: Debian's
 * own hook rewrites it after every change of the system store, with new dates. That ours is gone from it then, and that it is
 * the same to the byte where we change it ourselves, trust-stores.test.ts sees.
 */
const TREE = `
  find /etc /usr/local/share -printf '%p %y %m %u %l\\n' | sort
  find /etc /usr/local/share -type f ! -path '*/java/cacerts' | sort | xargs -d '\\n' sha256sum
`;

/** Where images are kept decides which of dockerd's two readers of certs.d is used. */
const STORES = engine.docker === '28.5' ? ['graph drivers', 'containerd'] : ['graph drivers'];

/** Whether dockerd's BuildKit looks into certs.d when it is asked for a repository; else at dockerd's start. */
const BUILDKIT_LOOKS = engine.docker !== '20.10';

describe.each(STORES)('a registry of a private CA, with images in %s', (store) => {
  const machine = useMachine();
  let registry = '';
  let authority: Authority;

  beforeAll(async () => {
    if (store === 'containerd') {
      const on = ['config', 'set', 'features.containerd-snapshotter', 'true'];
      expect(await machine.dockerctl(...on)).toMatchObject({ status: 0 });
      await machine.sh('docker import /root/bb.tar bb:1');
    }
    authority = await makeAuthority(machine, 'lab');
    const tls = await authority.issue('registry.test', 'mirror.test');
    registry = await startRegistry(machine, { port: 5443, tls });
  });

  test('is refused, then trusted by every consumer at once, then refused again, and nothing is left', async () => {
    const before = await machine.sh(TREE);
    const daemon = await daemonIdentity(machine);
    await everybodyRefuses(machine, registry);

    const added = await machine.dockerctl('trust', 'add-registry', registry, '--ca', authority.ca);
    expect(added).toMatchObject({ status: 0, stdout: expect.stringContaining('Proved') });
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
    expect(await pull(machine, registry)).toMatchObject({ status: 0 });
    for (const consumer of CONSUMERS) {
      expect(await consumer(machine, registry)).toMatchObject({ status: 0 });
    }
    const again = await machine.dockerctl('trust', 'add-registry', registry, '--ca', authority.ca);
    expect(again.stdout).toMatch(/^Unchanged/);
    expect(await machine.dockerctl('trust', 'verify', registry, '--deep')).toMatchObject({
      status: 0,
    });

    expect(await machine.dockerctl('trust', 'remove-registry', registry)).toMatchObject({
      status: 0,
    });
    await everybodyRefuses(machine, registry);
    expect(await daemonIdentity(machine)).toEqual(daemon);
    expect(await machine.sh(TREE)).toBe(before);
  });

  test('is a mirror of Docker Hub for the next pull, wherever this engine looks for its CA', async () => {
    const mirror = 'mirror.test:5443';
    const trust = (verb: string, name: string, ...more: string[]) =>
      machine.dockerctl('trust', verb, name, '--to', 'docker', ...more);
    const ca = ['--ca', authority.ca];
    await trust('add-registry', registry, ...ca);
    expect(await push(machine, registry, 'library/mirrored')).toMatchObject({ status: 0 });
    await trust('remove-registry', registry);
    await machine.dockerctl('mirrors', 'set', `https://${mirror}`);
    const daemon = await daemonIdentity(machine);
    const pulled = () => machine.exec(['docker', 'pull', 'mirrored:1'], { timeoutMs: 60_000 });

    expect(await pulled()).not.toMatchObject({ status: 0 });
    expect(await trust('add-registry', mirror, ...ca)).toMatchObject({ status: 0 });
    expect(await pulled()).toMatchObject({ status: 0 });
    await machine.sh('docker rmi mirrored:1');
    expect(await trust('remove-registry', mirror)).toMatchObject({ status: 0 });
    expect(await pulled()).not.toMatchObject({ status: 0 });
    expect(await daemonIdentity(machine)).toEqual(daemon);
    expect(await machine.dockerctl('mirrors', 'clear')).toMatchObject({ status: 0 });
  });

  test('is built from, when and as it is said', async () => {
    const trust = async (verb: string, ...more: string[]) =>
      (await machine.dockerctl('trust', verb, registry, ...more)).stdout;
    const refused = async (name: string) => {
      expect((await build(machine, `${registry}/${name}`)).stderr).toMatch(UNTRUSTED);
    };
    const built = async (name: string) => {
      expect(await build(machine, `${registry}/${name}`)).toMatchObject({ status: 0 });
    };
    const restart = () => machine.dockerctl('daemon', 'restart');

    expect(await trust('add-registry', '--ca', authority.ca)).toMatch(/Proved by dockerd/);
    for (const name of ['one', 'two']) await push(machine, registry, name);
    if (BUILDKIT_LOOKS) await built('one');
    else await refused('one');
    await restart();
    await built('one');
    await trust('remove-registry');
    await restart();
    await refused('two');
    await trust('add-registry', '--ca', authority.ca);
    await refused('two');
    await restart();
    await built('two');
    await trust('remove-registry');
    await restart();
  });

  test('is diagnosed by our own judgement and by the word of dockerd', async () => {
    const { status, stdout } = await machine.dockerctl(
      'trust',
      'verify',
      registry,
      '--deep',
      '--json',
    );
    const { data } = JSON.parse(stdout) as { data: { findings: { code: string }[] } };
    expect(data.findings.map(({ code }) => code)).toEqual([
      'registry-unknown-authority',
      'registry-engine-refuses',
    ]);
    expect(status).toBe(1);
  });
});

/** A store of its own, by copying: the machine's disk is an overlay, on which podman cannot lay another. */
const PODMAN = [
  'podman',
  '--root=/srv/podman',
  '--runroot=/run/podman-test',
  '--storage-driver=vfs',
];

/** Each asks the registry anew, with nothing but what is installed. */
const CONSUMERS: readonly ((machine: Machine, registry: string) => Promise<Ran>)[] = [
  (machine, registry) => machine.exec(['skopeo', 'inspect', `docker://${registry}/bb:1`]),
  (machine, registry) => machine.exec([...PODMAN, 'pull', '-q', `${registry}/bb:1`]),
  (machine, registry) =>
    machine.exec([
      'ctr',
      'images',
      'pull',
      '--hosts-dir',
      '/etc/containerd/certs.d',
      `${registry}/bb:1`,
    ]),
];

/** By dockerd's own BuildKit, over the API: the client's plugin for it is not in Debian 12. */
async function build(machine: Machine, image: string): Promise<Ran> {
  const answer = await machine.sh(`
    cd $(mktemp -d) && printf 'FROM ${image}:1\nENV built=yes\n' >Dockerfile
    tar -c Dockerfile | curl -sS --unix-socket /run/docker.sock -H 'Content-Type: application/x-tar' \\
      --data-binary @- 'http://docker/build?version=2&nocache=1&pull=1&networkmode=none'
  `);
  const failed = answer.includes('"error"');
  return { status: failed ? 1 : 0, stdout: answer, stderr: failed ? answer : '' };
}

async function everybodyRefuses(machine: Machine, registry: string): Promise<void> {
  for (const consumer of [push, ...CONSUMERS]) {
    const { status, stderr } = await consumer(machine, registry);
    expect(stderr).toMatch(UNTRUSTED);
    expect(status).not.toBe(0);
  }
}

describe('the system store', () => {
  const machine = useMachine();

  test('really holds the CA, dockerd is restarted for it, and nothing is left afterwards', async () => {
    const authority = await makeAuthority(machine, 'lab');
    const tls = await authority.issue('registry.test');
    const registry = await startRegistry(machine, { port: 5443, tls });
    expect((await push(machine, registry)).stderr).toMatch(UNTRUSTED);
    const before = await machine.sh(TREE);
    const daemon = await daemonIdentity(machine);

    const added = await machine.dockerctl('trust', 'add-ca', authority.ca, '--name', 'lab');
    expect(added).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Restarted dockerd'),
    });
    expect(await daemonIdentity(machine)).not.toEqual(daemon);
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
    expect((await machine.dockerctl('trust', 'list-cas')).stdout).toMatch(/lab +\S+ +yes/);

    expect(await machine.dockerctl('trust', 'remove-ca', 'lab')).toMatchObject({ status: 0 });
    expect((await push(machine, registry)).stderr).toMatch(UNTRUSTED);
    expect(await machine.sh(TREE)).toBe(before);
  });
});
