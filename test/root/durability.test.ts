import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from '@jest/globals';

// bench/reliability/order.mjs has the rules; what breaks one is in the error's message.
test('every file is fsynced before it gets its name, and every folder before the journal goes on', () => {
  const bench = ['--mount', process.execPath, 'bench/reliability.mjs', 'order'];
  execFileSync('unshare', bench, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}, 60_000);

test('all of a new authority is fsynced before it gets its name, and its name before that is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-durable-'));
  const [trace, pki] = [join(folder, 'trace'), join(folder, 'pki')];
  const strace = ['strace', '-f', '-y', '-e', 'trace=fsync,rename,write', '-o', trace];
  const command = ['dist/dockerctl.cjs', 'certs', 'issue', '--init', '--domain', 'a.test'];
  const argv = [...strace, process.execPath, ...command, '--pki', pki];
  execFileSync('/usr/bin/env', ['-u', 'NODE_EXTRA_CA_CERTS', ...argv]);
  const calls = readFileSync(trace, 'utf8').split('\n');
  const [named, told] = [/rename\(/u, /write\(1.*"Issued/u].map((call) =>
    calls.findIndex((line) => call.test(line)),
  );
  const syncedBy = (end: number | undefined) =>
    calls.slice(0, end).flatMap((line) => /fsync\(\d+<([^>]+)>/u.exec(line)?.[1] ?? []);
  const made = readdirSync(pki, { recursive: true, encoding: 'utf8' });
  expect(made).toHaveLength(6);
  const draft = join(
    folder,
    basename(/rename\("([^"]+)"/u.exec(calls[named ?? -1] ?? '')?.[1] ?? ''),
  );
  expect(syncedBy(named)).toEqual(
    expect.arrayContaining([draft, ...made.map((path) => join(draft, path))]),
  );
  expect(syncedBy(told).at(-1)).toBe(folder);
  rmSync(folder, { recursive: true });
}, 60_000);
