import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { takeLock } from '../../../../src/system/files/lock.js';
import { dockerctl } from '../../../support/program.js';
import { afterwards, realHost, temporaryFolder } from '../../../support/node-host.js';

const run = promisify(execFile);

/** `npm run bench:concurrency` does the same with 10,000 edits. */
test('four dockerctl and one foreign editor lose no edit of one file', async () => {
  const { stdout } = await run(process.execPath, [
    resolve('bench/concurrency.mjs'),
    '--edits',
    '150',
  ]);
  expect(stdout).toMatch(/^edits +150$/m);
  expect(stdout).toMatch(/^updates lost +0$/m);
  expect(stdout).toMatch(/^other ends +0$/m);
}, 240_000);

describe('a second dockerctl', () => {
  const lockOf = (root: string) => join(root, 'run/dockerctl/lock');
  const set = (root: string) =>
    dockerctl(
      'config',
      'set',
      'debug',
      'true',
      '--root',
      root,
      '--json',
      '--lock-timeout',
      '300ms',
    );

  test('waits --lock-timeout, then exits 6 and says who, what and since when', async () => {
    const root = temporaryFolder();
    const before = new Date().toISOString();
    const release = await takeLock(realHost(root), { waitMs: 0, command: 'mirrors set https://m' });
    const start = performance.now();
    const { status, stdout } = await set(root);
    expect(performance.now() - start).toBeGreaterThan(290);
    await release();
    const { error } = JSON.parse(stdout) as {
      error: { code: string; message: string; details: { holder: { since: string } } };
    };
    expect({ status, code: error.code }).toEqual({ status: 6, code: 'locked' });
    expect(error.message).toContain(
      `\`dockerctl mirrors set https://m\` (pid ${process.pid}, since `,
    );
    expect(error.details.holder.since >= before).toBe(true);
    expect((await set(root)).status).toBe(0);
  });

  test('is not kept out by what a killed one left, whose pid runs on as another program', async () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'run/dockerctl'), { recursive: true });
    const holder = spawn('flock', [lockOf(root), 'sleep', '60'], {
      detached: true,
      stdio: 'ignore',
    });
    afterwards(() => void holder.kill('SIGKILL'));
    const busy = () => spawnSync('flock', ['--nonblock', lockOf(root), 'true']).status !== 0;
    while (!busy()) await new Promise((done) => setTimeout(done, 10));
    expect((await set(root)).status).toBe(6);
    process.kill(-(holder.pid ?? 0), 'SIGKILL');
    await once(holder, 'exit');
    const since = '2020-01-01T00:00:00.000Z';
    writeFileSync(lockOf(root), JSON.stringify({ pid: process.pid, command: 'apply', since }));
    expect((await set(root)).status).toBe(0);
    expect(readFileSync(lockOf(root), 'utf8')).toContain('config set debug true');
  });

  test.each(['', 'null', '{}', '[]', '{"pid":{},"command":"\\u001b[2J"}', 'x'])(
    'names nobody where the note of the holder is damaged: %j',
    async (note) => {
      const root = temporaryFolder();
      const release = await takeLock(realHost(root), { waitMs: 0, command: 'apply' });
      writeFileSync(lockOf(root), note);
      const { status, stdout } = await set(root);
      await release();
      expect({ status, stdout }).toMatchObject({
        status: 6,
        stdout: expect.stringContaining('another dockerctl is changing this machine'),
      });
    },
  );
});
