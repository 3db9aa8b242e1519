import { expect, test } from '@jest/globals';
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

/** The processes of one command, in order, without how often the log is asked: that depends on when dockerd writes. */
async function processesOf(...command: string[]): Promise<string[]> {
  await machine.exec(['rm', '-f', '/srv/spawned']);
  await machine.write('/srv/count.cjs', COUNT);
  const env = { NODE_OPTIONS: '--require /srv/count.cjs' };
  const ran = await machine.exec(['dockerctl', ...command], { env });
  expect(ran).toMatchObject({ status: 0 });
  return (await machine.read('/srv/spawned')).trim().split('\n');
}

const machine = useMachine();

test('mirrors set asks systemd once, and starts no more than eight processes', async () => {
  const spawned = await processesOf('mirrors', 'set', 'https://mirror.test:5443');
  const others = spawned.filter((line) => !line.startsWith('journalctl '));
  // dockerd has --validate since 23.
  expect(others.filter((line) => line !== '/usr/sbin/dockerd -H')).toEqual([
    'systemctl show',
    'systemctl show-environment',
    'flock --wait',
    'systemd-run --quiet',
    'systemctl stop',
  ]);
  expect(others.length).toBeLessThanOrEqual(6);
});
