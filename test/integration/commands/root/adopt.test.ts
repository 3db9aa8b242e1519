import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { machine } from '../../../support/certs.js';
import { temporaryFolder } from '../../../support/node-host.js';
import { CA, issue } from '../../../support/openssl.js';

const DECLARATION = '/etc/dockerctl/dockerctl.json5';
const HOSTS = '/etc/containerd/certs.d';
let ca = '';
let pem = '';
let host = machine();

beforeAll(() => {
  pem = issue(temporaryFolder(), { cn: 'Root', extensions: CA }).cert;
});

const put = (path: string, text: string): void => {
  mkdirSync(dirname(host.at(path)), { recursive: true });
  writeFileSync(host.at(path), text);
};

const expectNothingDiffers = async (): Promise<void> => {
  const { status, stdout } = await host.run('drift');
  expect({ status, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
    status: 0,
    last: 'As declared.',
  });
};

beforeEach(() => {
  host = machine();
  put('/etc/docker/daemon.json', '{}\n');
  put('/etc/containerd/config.toml', 'version = 2\n');
  ca = join(temporaryFolder(), 'given.crt');
  writeFileSync(ca, pem);
});

test('declares all whom add-registry served, containerd without Kubernetes among them', async () => {
  await host.data('trust', 'add-registry', 'reg.example:5000', '--ca', ca, '--no-verify');
  await host.data('adopt');
  expect(host.text(DECLARATION)).toMatch(/to: \[\s*'docker',\s*'containerd',\s*\]/);
  await expectNothingDiffers();
});

test('what --record declares of it is as it is, too', async () => {
  const words = ['reg.example:5000', '--ca', ca, '--no-verify', '--record'];
  await host.data('trust', 'add-registry', ...words);
  await expectNothingDiffers();
});

test('where Kubernetes comes, config_path is missed', async () => {
  const words = ['reg.example:5000', '--ca', ca, '--no-verify', '--record'];
  await host.data('trust', 'add-registry', ...words);
  put('/var/lib/kubelet/config.yaml', '');
  expect((await host.run('drift')).stdout).toContain('/etc/containerd/config.toml is another');
});

test('leaves out a hosts.toml that somebody wrote, and says so', async () => {
  put(`${HOSTS}/hand.example/mine.crt`, pem);
  put(
    `${HOSTS}/hand.example/hosts.toml`,
    `server = "https://hand.example"\n[host."https://hand.example"]\nca = "${HOSTS}/hand.example/mine.crt"\n`,
  );
  const { plan } = await host.data<{ plan: { notes: string[] } }>('adopt');
  expect(plan.notes.join()).toContain('hand.example: what containerd has for it is not');
  expect(host.text(DECLARATION)).not.toContain('hand.example');
  await expectNothingDiffers();
  rmSync(host.at(`${HOSTS}/hand.example`), { recursive: true });
  await expectNothingDiffers();
});
