import { beforeAll, expect, test } from '@jest/globals';
import { pull, push } from './support/daemon.js';
import { engine } from './support/engine.js';
import { useMachine } from './support/machine.js';
import { makeAuthority, startRegistry, type Authority } from './support/registry.js';

const OWN = 'registry.test:5443';
const FOLDER = `/etc/docker/certs.d/${OWN}`;
const STORE = 'features.containerd-snapshotter';

/** 20.10 has no store in containerd, and takes the setting all the same; only 28 and newer read hosts.toml with it. */
const READS = engine.docker === '28.5';

const machine = useMachine();
let authority: Authority;
const switchTo = (containerd: boolean, ...more: string[]) =>
  machine.dockerctl('config', 'set', STORE, String(containerd), '--yes', ...more);
const pulls = async () => (await pull(machine, OWN)).status === 0;
const verify = () => machine.dockerctl('trust', 'verify', OWN, '--to', 'docker', '--require-proof');

beforeAll(async () => {
  authority = await makeAuthority(machine, 'lab');
  await startRegistry(machine, { port: 5443, tls: await authority.issue('registry.test') });
  await machine.dockerctl('trust', 'add-registry', OWN, '--ca', authority.ca, '--to', 'docker');
  await machine.sh('docker import /root/bb.tar bb:1');
  expect(await push(machine, OWN)).toMatchObject({ status: 0 });
});

test('a CA in certs.d counts before and after', async () => {
  expect((await switchTo(true)).status).toBe(0);
  expect(await pulls()).toBe(true);
  expect((await verify()).status).toBe(0);
  await switchTo(false);
  expect(await pulls()).toBe(true);
});

test('to containerd: the change itself names the CA in the hosts.toml that counts from now on', async () => {
  await machine.write(`${FOLDER}/hosts.toml`, `server = "https://${OWN}"\n`);
  await switchTo(true);
  expect(await pulls()).toBe(true);
  expect((await verify()).status).toBe(0);
  expect((await machine.read(`${FOLDER}/hosts.toml`)).includes('ca = ')).toBe(READS);
});

test('back: a CA that hosts.toml alone names comes to where the classic store looks', async () => {
  await machine.write('/srv/only-here.crt', await machine.read(authority.ca));
  await machine.sh(`rm -f ${FOLDER}/*.crt`);
  await machine.write(
    `${FOLDER}/hosts.toml`,
    `server = "https://${OWN}"\nca = "/srv/only-here.crt"\n`,
  );
  expect(await pulls()).toBe(READS);
  await switchTo(false);
  // Where hosts.toml is never read, nothing was trusted by it before either.
  if (READS) expect(await pulls()).toBe(true);
  expect((await verify()).status === 0).toBe(await pulls());
});

test('a switch by hand is found by doctor, and --fix moves what was left behind', async () => {
  if (!READS) return;
  await machine.sh(`rm -f ${FOLDER}/*`);
  await machine.write(`${FOLDER}/ca.crt`, await machine.read(authority.ca));
  await machine.write(`${FOLDER}/hosts.toml`, `server = "https://${OWN}"\n`);
  await machine.write('/etc/docker/daemon.json', '{"features":{"containerd-snapshotter":true}}\n');
  await machine.sh('systemctl reset-failed docker && systemctl restart docker');
  expect(await pulls()).toBe(false);
  expect((await verify()).status).toBe(1);
  expect((await machine.dockerctl('doctor')).stdout).toContain('registry-ca-elsewhere');
  const fixed = await machine.dockerctl('doctor', '--fix', 'registry-ca-elsewhere', '--yes');
  expect(fixed).toMatchObject({ status: 0 });
  expect(await pulls()).toBe(true);
  expect((await verify()).status).toBe(0);
});
