import { beforeAll, describe, expect, test } from '@jest/globals';
import { DECLARATION, MIRROR } from './support/agent.js';
import { daemonIdentity, dataOf, dockerInfo, push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry } from './support/registry.js';

/** How often dockerd was started since the machine was. */
const STARTS =
  'journalctl -q -o cat -u docker _PID=1 | grep -c "^Starting .*Application Container Engine" || true';

const CONTROL =
  'Package: site-docker\nVersion: 1\nArchitecture: all\nMaintainer: The site\nDescription: how docker is set up here\n';

describe('a declaration', () => {
  const machine = useMachine();
  let registries: readonly string[] = [];

  beforeAll(async () => {
    const authority = await makeAuthority(machine, 'declared-ca');
    const tls = await authority.issue('registry.test');
    registries = [
      await startRegistry(machine, { port: 5443, tls }),
      await startRegistry(machine, { port: 5444, tls, clientCa: authority.ca }),
    ];
    const [first = '', second = ''] = registries;
    const client = await authority.issue('client.test');
    await machine.write(
      DECLARATION,
      `{
        daemon: { 'exec-opts': ['native.cgroupdriver=cgroupfs'], 'live-restore': true },
        mirrors: ['${MIRROR}'],
        registries: {
          '${first}': { ca: { file: '${authority.ca}' } },
          '${second}': { ca: { file: '${authority.ca}' }, cert: '${client.cert}', key: '${client.key}' },
        },
        certificates: { 'www.registry.test': { deploy: [{ to: '/srv/tls' }] } },
      }`,
    );
  });

  test('is carried out in one change with one restart, and then there is nothing left to do', async () => {
    await machine.sh('mkdir -p /srv/tls');
    expect(await machine.dockerctl('certs', 'init', '--name', 'Declared')).toMatchObject({
      status: 0,
    });
    const before = await daemonIdentity(machine);
    const changes = () =>
      machine.sh('{ ls /var/lib/dockerctl/generations 2>/dev/null || true; } | wc -l');
    const made = Number(await changes());
    const applied = await machine.dockerctl('apply', '--json');
    expect(Number(await changes())).toBe(made + 1);
    expect(await machine.sh(STARTS)).toBe('2');
    expect(dataOf(applied)).toMatchObject({ status: 'applied', findings: [] });
    const after = await daemonIdentity(machine);
    expect(after.pid).not.toBe(before.pid);
    expect(await dockerInfo(machine, '{{.CgroupDriver}}')).toBe('cgroupfs');
    expect(JSON.parse(await dockerInfo(machine, '{{json .RegistryConfig.Mirrors}}'))).toEqual([
      MIRROR,
    ]);
    for (const registry of registries)
      expect(await push(machine, registry)).toMatchObject({ status: 0 });
    await machine.sh('openssl verify -CAfile /srv/tls/ca.crt /srv/tls/www.registry.test.crt');

    expect(dataOf(await machine.dockerctl('apply', '--json'))).toMatchObject({
      status: 'unchanged',
      certificates: [],
    });
    expect(await machine.dockerctl('drift')).toMatchObject({ status: 0 });
    expect(await daemonIdentity(machine)).toEqual(after);
  });

  test('is missed where a CA is gone, and repaired without dockerd', async () => {
    const before = await daemonIdentity(machine);
    const [registry = ''] = registries;
    await machine.sh(`rm /etc/docker/certs.d/${registry}/ca.crt`);
    const drift = await machine.dockerctl('drift');
    expect(drift).toMatchObject({ status: 1 });
    // Once, and not again as a registry that fails its handshake.
    expect(drift.stdout).toMatch(
      /^[^\n]*drift-trust\]\n +Try: dockerctl drift --repair\n1 warning\n$/,
    );
    expect(await machine.dockerctl('drift', '--repair')).toMatchObject({ status: 0 });
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
    expect(await daemonIdentity(machine)).toEqual(before);
  });

  test('is missed where a certificate of ours was taken away, and that is repaired too', async () => {
    await machine.sh('rm /srv/tls/www.registry.test.crt');
    const drift = await machine.dockerctl('drift');
    expect(drift).toMatchObject({ status: 1 });
    expect(drift.stdout).toContain('drift-certificate');
    expect(await machine.dockerctl('drift', '--repair')).toMatchObject({ status: 0 });
    await machine.sh('openssl verify -CAfile /srv/tls/ca.crt /srv/tls/www.registry.test.crt');
  });

  test('is missed where a package overwrote the file, and that package is named', async () => {
    await machine.write('/srv/deb/DEBIAN/control', CONTROL);
    await machine.write('/srv/deb/etc/docker/daemon.json', '{}');
    await machine.sh(
      'cp -p /etc/docker/daemon.json /srv; dpkg-deb -b /srv/deb /srv/site.deb; dpkg -i /srv/site.deb',
    );
    const drift = await machine.dockerctl('drift');
    expect(drift).toMatchObject({ status: 1 });
    expect(drift.stdout).toContain('belongs to root; the file is of the package site-docker');
    await machine.sh('dpkg -P site-docker; cp -p /srv/daemon.json /etc/docker/');
    expect(await machine.dockerctl('drift')).toMatchObject({ status: 0 });
  });

  test('may come from stdin, and from a folder of files', async () => {
    const text = await machine.read(DECLARATION);
    const piped = await machine.exec(['dockerctl', 'apply', '-f', '-', '--json'], { input: text });
    expect(dataOf(piped)).toMatchObject({ status: 'unchanged' });
    await machine.write('/srv/declared/10-mirrors.json5', `{ mirrors: ['${MIRROR}'] }`);
    await machine.write('/srv/declared/20-rest.json5', text);
    await machine.write('/srv/declared/notes.txt', 'no declaration');
    const folder = await machine.dockerctl('apply', '-f', '/srv/declared', '--json');
    expect(dataOf(folder)).toMatchObject({ status: 'unchanged' });
    const wrong = await machine.exec(['dockerctl', 'apply', '-f', '-'], {
      input: '{ mirors: [] }',
    });
    expect(wrong).toMatchObject({ status: 3, stdout: '' });
    expect(wrong.stderr).toContain('stdin:1:11: mirors: is not known here');
  });

  test('is adopted from what is there, so that nothing differs', async () => {
    const { ca } = await makeAuthority(machine, 'gone-ca');
    const gone = '/etc/docker/certs.d/gone.test:5000';
    await machine.sh(`rm ${DECLARATION}; mkdir -p ${gone}; cp ${ca} ${gone}/ca.crt`);
    expect(await machine.dockerctl('adopt')).toMatchObject({ status: 0 });
    const drift = await machine.dockerctl('drift');
    expect(drift).toMatchObject({ status: 0 });
    expect(await machine.read(DECLARATION)).toMatch(
      /certificates: \{\s*['"]www\.registry\.test['"]: \{[^}]*\/srv\/tls/,
    );
    expect(drift.stdout).toMatch(/^gone\.test:5000: info: not proved: [^]*\nAs declared\.\n$/);
    expect(dataOf(await machine.dockerctl('apply', '--json'))).toMatchObject({
      status: 'unchanged',
    });
    expect((await machine.dockerctl('adopt')).status).toBe(3);
  });

  test('is not called applied where only a start without containers would take a key', async () => {
    const isolated = ['apply', '-f', '/srv/isolated.json5'];
    const masked = "docker network inspect -f '{{json .Options}}' bridge";
    await machine.write('/srv/isolated.json5', '{ daemon: { icc: false } }');
    await machine.sh('systemctl restart docker; docker run -d --network none bb:1 sleep 9999');
    await machine.sh('sed -i \'s/^{/{ "icc": false,/\' /etc/docker/daemon.json');
    for (const command of [isolated, [...isolated, '--dry-run']]) {
      const ran = await machine.dockerctl(...command);
      expect({ command, ...ran }).toMatchObject({
        ...{ command, status: 1 },
        stdout: expect.stringMatching(/icc is as declared in the file.*[^]*Try: docker ps -q/),
      });
    }
    expect(JSON.parse(await machine.sh(masked))).toMatchObject({
      'com.docker.network.bridge.enable_icc': 'true',
    });
    await machine.sh('docker rm -f $(docker ps -q); systemctl restart docker');
    expect(await machine.dockerctl(...isolated)).toMatchObject({ status: 0 });
    expect(JSON.parse(await machine.sh(masked))).toMatchObject({
      'com.docker.network.bridge.enable_icc': 'false',
    });
  });
});
