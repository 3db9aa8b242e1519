import { mkdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

test('status of an untouched machine is one short screen', async () => {
  const { status, stdout } = await rootWith(null).run('status');
  expect(status).toBe(0);
  expect(stdout).toBe(
    [
      'dockerd  no dockerd here reads this file',
      '  config   /etc/docker/daemon.json (does not exist)',
      'settings',
      "  dockerd's own: neither file nor flags say anything",
      'registries',
      '  none beyond what the system trusts',
      'certificates',
      '  no authority of ours: dockerctl certs init',
      'last change',
      '  none by dockerctl',
      'declaration',
      '  none: dockerctl adopt writes one of what is there',
      'agent',
      '  no agent runs: dockerctl service install',
      '',
    ].join('\n'),
  );
});

test('status shows registries and the last change', async () => {
  const root = rootWith('{}');
  await root.run('insecure', 'add', 'reg.example.com:5000');
  const { stdout } = await root.run('status');
  expect(stdout).toMatch(
    /^ {2}insecure-registries {2}\["reg\.example\.com:5000"\] {2}\(file: \/etc\/docker\/daemon\.json:2\)$/m,
  );
  expect(stdout).toMatch(/^ {2}reg\.example\.com:5000 {2}docker {2}insecure$/m);
  expect(stdout).toMatch(/^ {2}1 {2}.*insecure add reg\.example\.com:5000.* {2}applied$/m);
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
  expect((await root.run('status')).stdout).toContain('1 thing is adrift: dockerctl drift');
});
