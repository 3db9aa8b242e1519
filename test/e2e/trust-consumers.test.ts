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
    const tls = await authority.issue('registry.test');
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

    expect(await trust('add-registry', '--ca', authority.ca)).toMatch(/Note: docker build/);
    for (const name of ['one', 'two']) await push(machine, registry, name);
    if (BUILDKIT_LOOKS) await built('one');
    else await refused('one');
    await restart();
    await built('one');
    expect(await trust('remove-registry')).toMatch(/Note: docker build/);
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

describe('a registry that asks for a client certificate', () => {
  const machine = useMachine();
  let registry = '';
  let authority: Authority;

  beforeAll(async () => {
    authority = await makeAuthority(machine, 'lab');
    const tls = await authority.issue('registry.test');
    await startRegistry(machine, { port: 5080 });
    await machine.write('/srv/front.js', front(tls, authority.ca));
    await machine.sh(`
      systemd-run --quiet --unit=front node /srv/front.js
      timeout 30 bash -c 'until (exec 3<>/dev/tcp/10.99.0.1/6443) 2>/dev/null; do sleep 0.05; done'
      cd /srv/lab
      openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=client -CA ca.crt -CAkey ca.key \\
        -addext extendedKeyUsage=clientAuth -addext basicConstraints=critical,CA:false -keyout me.key -out me.crt 2>&1
    `);
    registry = 'registry.test:6443';
  });

  test('says so, and push works with the installed pair', async () => {
    const trust = (...argv: string[]) =>
      machine.dockerctl('trust', 'add-registry', registry, ...argv);
    const half = await trust('--ca', authority.ca);
    expect(half).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('client-certificate-required'),
    });
    expect(await push(machine, registry)).not.toMatchObject({ status: 0 });

    const whole = await trust(
      '--client-cert',
      '/srv/lab/me.crt',
      '--client-key',
      '/srv/lab/me.key',
    );
    expect(whole).toMatchObject({ status: 0, stdout: expect.stringContaining('Proved') });
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
    const key = `/etc/docker/certs.d/${registry}/client.key`;
    expect(await machine.sh(`stat -c '%a %U' ${key}`)).toBe('600 root');
    expect(await machine.sh('grep -rl "PRIVATE KEY" /var/lib/dockerctl || true')).toBe('');
  });
});

/** TLS with a client certificate in front of a registry without; the registry must know that its clients use https. */
function front({ cert, key }: { cert: string; key: string }, ca: string): string {
  return `
    const { readFileSync } = require('node:fs');
    const { request } = require('node:http');
    const read = (path) => readFileSync(path);
    const options = { cert: read('${cert}'), key: read('${key}'), ca: read('${ca}'), requestCert: true };
    require('node:https')
      .createServer(options, (from, to) => {
        const { method, url: path } = from;
        const headers = { ...from.headers, 'x-forwarded-proto': 'https' };
        const onward = request({ host: '10.99.0.1', port: 5080, method, path, headers }, (answer) => {
          to.writeHead(answer.statusCode, answer.headers);
          answer.pipe(to);
        });
        onward.on('error', () => to.destroy());
        from.pipe(onward);
      })
      .listen(6443, '10.99.0.1');
  `;
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
