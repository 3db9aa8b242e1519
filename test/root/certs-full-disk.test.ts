import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { ListAnswer } from '../../src/commands/certs/list.js';
import { machine, PKI } from '../support/certs.js';
import { afterwards } from '../support/node-host.js';

test('a full disk under the store is named, exits with 3, and costs no certificate that was there', async () => {
  const box = machine();
  mkdirSync(box.at(PKI), { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', box.at(PKI)]);
  afterwards(() => execFileSync('umount', [box.at(PKI)]));
  await box.data('certs', 'issue', '--init', '--domain', 'a.test');
  const files = readdirSync(box.at(`${PKI}/certs`));
  const names = Array.from({ length: 40 }, (_, i) => `n${i}.test`);
  writeFileSync(box.at('/names'), names.join('\n'));
  const { status, stderr } = await box.run('certs', 'issue', '--batch', '/names');
  expect(status).toBe(3);
  expect(stderr).toContain('no space is left on its file system');
  expect(stderr).toContain(`df -h ${box.at(PKI)}`);
  // What was written of them goes with the next command, which needs the room.
  await box.data('certs', 'issue', '--domain', 'b.test');
  const { certificates } = await box.data<ListAnswer>('certs', 'list');
  expect(certificates.map(({ name }) => name)).toEqual(['a.test', 'b.test']);
  expect(readdirSync(box.at(`${PKI}/certs`))).toEqual(
    [...files, 'b.test.crt', 'b.test.key'].sort(),
  );
});

test('where docker may not be told, the certificate is in the store, and the hint gives it what it lacks', async () => {
  const box = machine();
  const folder = box.at('/etc/docker/certs.d');
  mkdirSync(folder, { recursive: true });
  execFileSync('chattr', ['+i', folder]);
  afterwards(() => execFileSync('chattr', ['-i', folder]));
  const issue = ['certs', 'issue', '--init', '--domain', 'a.test', '--install'];
  const { status, stderr } = await box.run(...issue);
  expect(status).toBe(3);
  expect(stderr).toContain('a.test is issued and in the store, but is not trusted here');
  expect(readdirSync(box.at(`${PKI}/certs`))).toEqual(['a.test.crt', 'a.test.key']);
  execFileSync('chattr', ['-i', folder]);
  const [, command = ''] = /then `dockerctl (.*)`/.exec(stderr) ?? [];
  const { status: done } = await box.run(...command.split(' ').slice(2), '--no-verify');
  expect(done).toBe(0);
  expect(readdirSync(folder)).toEqual(['a.test']);
});
