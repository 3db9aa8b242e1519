import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { afterwards, temporaryFolder } from '../support/node-host.js';
import { dockerctl } from '../support/program.js';

const ROUNDS = 25;

/** Somebody who may write to the folder, and puts one trap after the other under a name for as long as the test runs. */
const TRAPS = [
  'ln -s "$victim" "$name"',
  'ln "$victim" "$name"',
  'ln -s "$folder/dangling" "$name"',
  'mkdir "$name"',
];

test('an export into a folder where everybody may write is never written through a trap', async () => {
  const root = temporaryFolder();
  const folder = join(root, 'tmp');
  const victim = join(root, 'victim');
  const name = join(folder, 'out.p12');
  mkdirSync(folder);
  chmodSync(folder, 0o1777);
  writeFileSync(victim, 'untouched', { mode: 0o644 });
  const pass = join(root, 'pass');
  writeFileSync(pass, 'secret\n', { mode: 0o600 });
  const issue = ['certs', 'issue', '--init', '--domain', 'a.example.com'];
  expect(await dockerctl(...issue, '--root', root)).toMatchObject({ status: 0 });

  const script = `while :; do ${TRAPS.map((trap) => `${trap}; rm -rf "$name"`).join('; ')}; done 2>/dev/null`;
  const attacker = spawn('sh', ['-c', script], { env: { victim, name, folder }, stdio: 'ignore' });
  afterwards(() => void attacker.kill('SIGKILL'));
  const exported = ['certs', 'export', 'a.example.com', '--format', 'p12', '--out', '/tmp/out.p12'];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { status } = await dockerctl(...exported, '--passphrase-file', pass, '--root', root);
    expect(status).not.toBe(70);
    expect(readFileSync(victim, 'utf8')).toBe('untouched');
    expect(statSync(victim).mode & 0o777).toBe(0o644);
    expect(lstatSync(join(folder, 'dangling'), { throwIfNoEntry: false })).toBeUndefined();
  }
  attacker.kill('SIGKILL');
  await once(attacker, 'exit');
}, 120_000);
