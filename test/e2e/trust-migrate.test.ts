import { beforeAll, describe, expect, test } from '@jest/globals';
import { daemonIdentity, dockerInfo, pull, push } from './support/daemon.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

const FILE = '/etc/docker/daemon.json';

describe('a machine that knows its registries by insecure-registries alone', () => {
  const machine = useMachine();
  const migrate = (...argv: string[]) => machine.dockerctl('trust', 'migrate', ...argv);
  const insecure = () =>
    dockerInfo(
      machine,
      '{{range $name, $index := .RegistryConfig.IndexConfigs}}{{if not $index.Secure}}{{$name}} {{end}}{{end}}',
    );
  let authority: Authority;
  let fingerprint = '';
  let tls = '';
  let misnamed = '';
  let plain = '';

  beforeAll(async () => {
    authority = await makeAuthority(machine, 'lab');
    const shown = await machine.sh(`openssl x509 -noout -fingerprint -sha256 -in ${authority.ca}`);
    fingerprint = shown.split('=')[1] ?? '';
    const { key, cert } = await authority.issue('registry.test');
    await machine.sh(`cat ${authority.ca} >>${cert}`);
    tls = await startRegistry(machine, { port: 5443, tls: { key, cert } });
    misnamed = await startRegistry(machine, {
      port: 6443,
      tls: await authority.issue('other.test'),
    });
    plain = await startRegistry(machine, { port: 5080 });
    const entries = JSON.stringify([tls, misnamed, plain, '10.1.0.0/16']);
    await machine.write(FILE, `{\n  "insecure-registries": ${entries}\n}\n`);
    await machine.sh('systemctl restart docker');
  });

  test('keeps every entry, and every push, where nobody compared a fingerprint', async () => {
    const before = await machine.read(FILE);
    const { status, stdout } = await migrate();
    expect(stdout).toMatch(
      new RegExp(`kept ${tls}: .*SHA-256.*trust migrate ${tls} --fingerprint ${fingerprint}`),
    );
    expect(stdout).toMatch(new RegExp(`kept ${misnamed}: .*is for DNS:other.test.*certs issue`));
    expect(stdout).toMatch(new RegExp(`kept ${plain}: .*speaks http`));
    expect(stdout).toMatch(/kept 10\.1\.0\.0\/16: it is a network/);
    expect(status).toBe(1);
    expect(await machine.read(FILE)).toBe(before);
    expect(await machine.sh('ls /etc/docker/certs.d 2>/dev/null || true')).toBe('');
    expect(await push(machine, tls)).toMatchObject({ status: 0 });
  });

  test('keeps the entry where the fingerprint is another', async () => {
    const other = fingerprint.replace(/^../, (byte) => (byte === '00' ? '11' : '00'));
    const { status, stdout } = await migrate(tls, '--fingerprint', other);
    expect(stdout).toContain(other);
    expect(stdout).toContain(fingerprint);
    expect(status).toBe(1);
    expect(await insecure()).toContain(tls);
  });

  test('shows what it would do, and does nothing', async () => {
    const before = await machine.read(FILE);
    const { stdout } = await migrate(tls, '--fingerprint', fingerprint, '--dry-run');
    expect(stdout).toMatch(/planned/);
    expect(await machine.read(FILE)).toBe(before);
  });

  test('trusts a registry by its CA, proves it, and drops the entry by a reload', async () => {
    const before = await daemonIdentity(machine);
    const { status, stdout } = await migrate(tls, '--fingerprint', fingerprint);
    expect(stdout).toMatch(new RegExp(`migrated ${tls}: trusted by its CA now`));
    expect(status).toBe(0);
    expect(await daemonIdentity(machine)).toEqual(before);
    expect(await machine.read(FILE)).not.toContain(tls);
    expect(await machine.read(FILE)).toContain(plain);
    expect(await insecure()).not.toContain(tls);
    expect(await push(machine, tls)).toMatchObject({ status: 0 });
    expect(await pull(machine, tls)).toMatchObject({ status: 0 });
    expect(await push(machine, plain)).toMatchObject({ status: 0 });

    await machine.dockerctl('trust', 'remove-registry', tls);
    expect((await push(machine, tls)).stderr).toMatch(/x509/);
  });

  test('asks a person, and takes the answer', async () => {
    const add = `dockerctl trust add-registry ${tls} --fetch`;
    const ask = (answer: string) =>
      machine.exec(['script', '-qec', add, '/dev/null'], { input: `${answer}\n` });
    const no = await ask('n');
    expect(no.stdout).toContain(fingerprint);
    expect(no.status).not.toBe(0);
    expect((await push(machine, tls)).stderr).toMatch(/x509/);
    const yes = await ask('y');
    expect(yes.stdout).toMatch(/Proved/);
    expect(yes.status).toBe(0);
    expect(await push(machine, tls)).toMatchObject({ status: 0 });
  });
});

describe('a daemon.json that dockerd could not read again', () => {
  const machine = useMachine();
  const insecure = () => dockerInfo(machine, '{{json .RegistryConfig.IndexConfigs}}');
  const FOLDERS =
    'find /etc/docker /etc/containers /etc/containerd -type f | sort | xargs sha256sum';
  let authority: Authority;
  let registry = '';
  const lies = (rest: string) =>
    machine.write(FILE, `{\n  // ours\n  "insecure-registries": ["${registry}"]${rest}\n}\n`);
  const add = () =>
    machine.dockerctl('trust', 'add-registry', registry, '--ca', authority.ca, '--yes');

  beforeAll(async () => {
    authority = await makeAuthority(machine, 'lab');
    const tls = await authority.issue('registry.test');
    registry = await startRegistry(machine, { port: 5443, tls });
    await machine.write(FILE, `{"insecure-registries": ["${registry}"]}`);
    await machine.sh('systemctl reload docker');
  });

  test('that cannot be mended with comments alone: nothing of the addition is left', async () => {
    await lies(', "nope": 1');
    const before = await machine.sh(FOLDERS);
    expect((await add()).status).toBe(3);
    expect(await machine.sh(FOLDERS)).toBe(before);
    const ca = ['--ca', authority.ca];
    expect(await machine.dockerctl('trust', 'migrate', registry, ...ca, '--yes')).toMatchObject({
      status: 1,
    });
    expect(await machine.sh(FOLDERS)).toBe(before);
  });

  test('is no reason to restart dockerd for the CA of something else', async () => {
    const daemon = await daemonIdentity(machine);
    const added = await machine.dockerctl('trust', 'add-ca', authority.ca);
    expect(added).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('which would not start again with /etc/docker/daemon.json'),
    });
    expect(await daemonIdentity(machine)).toEqual(daemon);
    expect((await machine.dockerctl('trust', 'list-cas')).stdout).not.toContain('lab');
  });

  test('with comments is made strict, and the entry goes from the dockerd that runs', async () => {
    await lies('');
    const added = await add();
    expect(added).toMatchObject({ status: 0, stdout: expect.stringContaining('Reloaded dockerd') });
    expect(added.stdout).not.toMatch(/listed as insecure/);
    expect(await insecure()).not.toContain(registry);
    expect(await push(machine, registry)).toMatchObject({ status: 0 });
  });
});
