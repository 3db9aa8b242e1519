import { beforeAll, describe, expect, test } from '@jest/globals';
import { push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

const NAME = 'registry.test:5443';
const CRI = 'plugins."io.containerd.grpc.v1.cri"';

/** What containerd itself makes of its files. */
const DUMP = 'containerd config dump';

describe('containerd’s own configuration', () => {
  const machine = useMachine();
  let authority: Authority;
  let original = '';
  const pull = (hosts: string) =>
    machine.exec(['ctr', 'images', 'pull', '--hosts-dir', hosts, `${NAME}/team/app:1`]);

  beforeAll(async () => {
    authority = await makeAuthority(machine, 'lab');
    await startRegistry(machine, { port: 5443, tls: await authority.issue('registry.test') });
    await machine.sh('docker import /root/bb.tar bb:1');
    await machine.dockerctl('trust', 'add-registry', NAME, '--ca', authority.ca, '--to', 'docker');
    expect(await push(machine, NAME, 'team/app')).toMatchObject({ status: 0 });
    original = await machine.sh('cat /etc/containerd/config.toml');
  });

  test('trust goes into the folder that an import names, as containerd itself has it', async () => {
    await machine.write(
      '/etc/containerd/config.toml',
      'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\n',
    );
    await machine.write(
      '/etc/containerd/conf.d/10.toml',
      `version = 2\n[${CRI}.registry]\nconfig_path = "/opt/hosts"\n`,
    );
    expect(await machine.sh(DUMP)).toMatch(/config_path = ['"]\/opt\/hosts['"]/);
    await machine.dockerctl(
      'trust',
      'add-registry',
      NAME,
      '--ca',
      authority.ca,
      '--to',
      'containerd',
    );
    expect(await pull('/opt/hosts')).toMatchObject({ status: 0 });
    await machine.dockerctl('trust', 'remove-registry', NAME);
    await machine.sh('rm -r /etc/containerd/conf.d; rm -rf /opt/hosts');
  });

  test('the old tables are told, and become hosts.toml that containerd takes', async () => {
    await machine.write(
      '/etc/containerd/config.toml',
      `version = 2
[${CRI}.registry.mirrors."${NAME}"]
endpoint = ["https://${NAME}"]
[${CRI}.registry.configs."${NAME}".tls]
ca_file = "${authority.ca}"
`,
    );
    expect((await machine.dockerctl('trust', 'list')).stdout).toMatch(
      /registry\.test:5443 +containerd .*CN=lab/,
    );
    expect((await machine.dockerctl('doctor')).stdout).toContain('cri-old-tables');
    const migrated = await machine.dockerctl('trust', 'migrate', '--to', 'containerd');
    expect(migrated).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is in hosts.toml now'),
    });
    expect(await machine.sh(DUMP)).toMatch(/config_path = ['"]\/etc\/containerd\/certs\.d['"]/);
    expect(await machine.sh('systemctl is-active containerd docker')).toBe('active\nactive');
    expect(await pull('/etc/containerd/certs.d')).toMatchObject({ status: 0 });
    expect((await machine.dockerctl('doctor')).stdout).not.toContain('cri-old-tables');
    expect(await machine.dockerctl('config', 'rollback', '--yes')).toMatchObject({ status: 0 });
    await machine.write('/etc/containerd/config.toml', original);
  });
});

describe('where nothing is verified', () => {
  const machine = useMachine();

  test('the entry of insecure-registries goes on agreement, and stands again where dockerd needs it', async () => {
    const lab = await makeAuthority(machine, 'lab');
    const other = await makeAuthority(machine, 'other');
    const name = await startRegistry(machine, {
      port: 5443,
      tls: await lab.issue('registry.test'),
    });
    await machine.dockerctl('insecure', 'add', name);
    const listed = async () => (await machine.dockerctl('insecure', 'list')).stdout.includes(name);
    const add = (ca: string, ...more: string[]) =>
      machine.dockerctl('trust', 'add-registry', name, '--ca', ca, '--to', 'docker', ...more);
    await add(lab.ca);
    expect(await listed()).toBe(true);
    await machine.dockerctl('trust', 'remove-registry', name);
    await machine.dockerctl('insecure', 'add', name);
    const wrong = await add(other.ca, '--yes');
    expect(wrong.stdout).toContain('stands in insecure-registries again');
    expect(await listed()).toBe(true);
    const right = await add(lab.ca, '--yes');
    expect(right).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Proved by dockerd'),
    });
    expect(await listed()).toBe(false);
  });
});
