import { expect, test } from '@jest/globals';
import { makeCaFile } from './support/ca-file.js';
import { useMachine } from './support/machine.js';

/** Notes every process that dockerctl starts, in the order of their starts. */
const COUNT = `
const child = require('node:child_process');
const { appendFileSync } = require('node:fs');
const { spawn } = child;
child.spawn = (file, args, options) => {
  appendFileSync('/srv/spawned', [file, args[0]].join(' ') + '\\n');
  return spawn(file, args, options);
};`;

const machine = useMachine();

/** The processes of one command, in order. How often the log is asked depends on when dockerd writes; `--validate` came with 23. */
async function processesOf(...command: string[]): Promise<string[]> {
  await machine.exec(['rm', '-f', '/srv/spawned']);
  await machine.write('/srv/count.cjs', COUNT);
  const env = { NODE_OPTIONS: '--require /srv/count.cjs' };
  const ran = await machine.exec(['dockerctl', ...command], { env });
  expect(ran).toMatchObject({ status: 0 });
  const started = (await machine.read('/srv/spawned')).trim().split('\n');
  expect(started.filter((line) => line.startsWith('/usr/sbin/dockerd')).length).toBeLessThan(2);
  return started.filter((line) => !/^(?:journalctl|\/usr\/sbin\/dockerd) /.test(line));
}

/** dockerd is looked at, changed by reload, and looked at again. */
const LOOK = ['systemctl show', 'systemctl show-environment'];
const RELOAD = ['flock --wait', 'systemd-run --quiet', 'systemctl stop'];

test('mirrors set asks systemd once', async () => {
  const spawned = await processesOf('mirrors', 'set', 'https://mirror.test:5443');
  expect(spawned).toEqual([...LOOK, ...RELOAD]);
});

test('trust add-registry asks systemd once', async () => {
  const ca = await makeCaFile(machine);
  const words = ['add-registry', 'registry.test:5000', '--ca', ca, '--to', 'docker'];
  expect(await processesOf('trust', ...words)).toEqual([...LOOK, 'flock --wait']);
});

test('certs issue --out --install asks systemd once, and locks the store twice and the machine once', async () => {
  await machine.dockerctl('certs', 'init', '--yes');
  const words = ['--domain', 'registry.test', '--install', '--out', '/srv/out'];
  const locks = ['flock --wait', 'flock --wait', 'flock --wait'];
  expect(await processesOf('certs', 'issue', ...words)).toEqual([...LOOK, ...locks]);
});

test('a drift is repaired with as many processes as a change by hand', async () => {
  await machine.write('/etc/dockerctl/dockerctl.json5', '{ daemon: { debug: true } }');
  expect(await processesOf('drift', '--repair')).toEqual([...LOOK, ...RELOAD]);
  await machine.exec(['rm', '/etc/dockerctl/dockerctl.json5']);
});

test('doctor --fix asks systemd once, and for the units that it judges before and after', async () => {
  await machine.write('/etc/docker/daemon.json', '{"debug": true,}');
  const spawned = await processesOf('doctor', '--fix', 'trailing-comma', '--yes');
  expect(spawned).toEqual([...LOOK, 'systemctl show', ...RELOAD, 'systemctl show']);
});
