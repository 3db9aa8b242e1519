import { mkdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test('status of an untouched machine is one short screen', async () => {
  const root = rootWith(null);
  const { status, stdout } = await root.run('status');
  const program = `dockerctl --root ${root.at('.')}`;
  expect(status).toBe(0);
  expect(stdout).toBe(
    [
      'dockerd       no dockerd here reads this file',
      'config        /etc/docker/daemon.json (does not exist)',
      'to do         nothing in the files',
      "settings      dockerd's own: neither file nor flags say anything",
      'registries    none beyond what the system trusts',
      `certificates  no authority of ours: ${program} certs init`,
      `declaration   none: ${program} adopt writes one of what is there`,
      `agent         no agent runs: ${program} service install`,
      'last change   none by dockerctl',
      '',
    ].join('\n'),
  );
});

test('status shows registries and the last change', async () => {
  const root = rootWith('{}');
  await root.run('insecure', 'add', 'reg.example.com:5000');
  const { stdout } = await root.run('status');
  expect(stdout).toMatch(
    /^settings +insecure-registries \["reg\.example\.com:5000"\] \(file \/etc\/docker\/daemon\.json:2\)$/m,
  );
  expect(stdout).toMatch(
    /^registries +reg\.example\.com:5000 {2}insecure: docker verifies nothing$/m,
  );
  expect(stdout).toMatch(/^last change +1 {2}\d{4}-.*insecure add reg\.example\.com:5000/m);
});

test('a broken daemon.json hides nothing else', async () => {
  const { status, stdout } = await rootWith('{"debug": }').run('status');
  expect(status).toBe(0);
  expect(stdout).toContain('dockerd would not start with it');
  expect(stdout).toContain('no authority of ours');
});

test('a folder in its place hides nothing else either', async () => {
  const root = rootWith(null);
  mkdirSync(root.at('etc/docker/daemon.json'), { recursive: true });
  const { status, stdout } = await root.run('status');
  expect(status).toBe(0);
  expect(stdout).toContain('daemon.json is a folder');
  expect(stdout).toContain('no authority of ours');
});

test('status counts what is not as declared', async () => {
  const root = rootWith('{"debug": true}');
  await root.run('adopt');
  expect((await root.run('status')).stdout).toContain('everything is as declared');
  root.write('{"debug": false}');
  expect((await root.run('status')).stdout).toMatch(
    /1 thing is adrift: dockerctl --root \S+ drift$/m,
  );
});

test('what needs a hand stands above what does not', async () => {
  const root = rootWith('{"debug": true}');
  await root.run('adopt');
  await root.run('pause', '--reason', 'moving', '--for', '2h');
  root.write('{"debug": false}');
  const { stdout } = await root.run('status');
  const labels = stdout
    .split('\n')
    .flatMap((line) => /^[a-z][a-z ]*[a-z](?= {2})/.exec(line) ?? []);
  expect(labels).toEqual([
    ...['dockerd', 'config', 'to do', 'declaration', 'agent'],
    ...['settings', 'registries', 'certificates', 'last change'],
  ]);
  expect(stdout).toMatch(/paused by \S+ until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+: moving$/m);
});

test('status names the findings of doctor, and the commands', async () => {
  const root = rootWith('{"debug": "yes", "insecure-registries": ["http://a:1/x"]}');
  const { stdout } = await root.run('status', '--json');
  const told = (JSON.parse(stdout) as { data: { findings: { value: { list: unknown[] } } } }).data;
  const doctor = JSON.parse((await root.run('doctor', '--json')).stdout) as {
    data: { findings: unknown[] };
  };
  expect(told.findings.value.list).toEqual(doctor.data.findings);
  expect((await root.run('status')).stdout).toContain('Try: ');
});

test('many registries and certificates stay one screen', async () => {
  const hosts = Array.from({ length: 200 }, (_, index) => `reg${index}.example.com:5000`);
  const root = rootWith(JSON.stringify({ 'insecure-registries': hosts }));
  const { stdout } = await root.run('status');
  expect(stdout.split('\n').length).toBeLessThanOrEqual(24);
  expect(stdout).toMatch(/and 196 more: dockerctl --root \S+ trust list/);
});
