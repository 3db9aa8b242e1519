import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../support/node-host.js';

const PASSPHRASE = 'correct-horse-battery-staple';

/**
 * All that a command starts, as the kernel was asked to: what stands in execve(2) is what every user reads in
 * /proc/PID/cmdline, and root in /proc/PID/environ, and no process is too short-lived to be seen.
 */
function startedBy(
  folder: string,
  ...argv: string[]
): { status: number | null; said: string; started: string } {
  const log = join(folder, 'execve.log');
  const strace = ['-f', '-v', '-s', '1000000', '-e', 'trace=execve', '-o', log];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };
  const words = [...strace, process.execPath, resolve('dist/dockerctl.cjs'), ...argv];
  const ran = spawnSync('strace', words, { encoding: 'utf8', env });
  return { status: ran.status, said: ran.stdout + ran.stderr, started: readFileSync(log, 'utf8') };
}

test('no passphrase and no key is in the arguments or the environment of any process', () => {
  const folder = temporaryFolder();
  const pass = join(folder, 'pass');
  writeFileSync(pass, `${PASSPHRASE}\n`, { mode: 0o600 });
  const at = ['--root', folder, '--passphrase-file', '/pass'];
  const name = 'registry.example.com';
  const ran = [
    startedBy(folder, 'certs', 'init', ...at),
    startedBy(folder, 'certs', 'issue', '--domain', name, ...at),
    startedBy(folder, 'certs', 'issue', '--domain', `other.${name}`, ...at),
    startedBy(folder, 'certs', 'export', name, '--format', 'p12', '--out', '/out.p12', ...at),
  ];
  expect(ran.filter(({ status }) => status !== 0)).toEqual([]);
  const key = readFileSync(join(folder, `var/lib/dockerctl/pki/certs/${name}.key`), 'utf8');
  const [body = ''] = /[A-Za-z0-9+/]{40,}/.exec(key) ?? [];
  expect(body).not.toBe('');
  for (const { started, said } of ran) {
    expect(started).toContain('execve(');
    for (const secret of [PASSPHRASE, body]) {
      expect(started).not.toContain(secret);
      expect(said).not.toContain(secret);
    }
  }
  const found = spawnSync('grep', ['-rlF', PASSPHRASE, folder], { encoding: 'utf8' });
  expect(found.stdout.trim()).toBe(pass);
});

test('what dockerctl installs is setuid for nobody', () => {
  const find = ['dist', 'templates', 'certs', 'install.sh', '-perm', '/6000'];
  expect(execFileSync('find', find, { encoding: 'utf8' })).toBe('');
});
