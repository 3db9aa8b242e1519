import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../support/node-host.js';

const install = (prefix: string) => spawnSync('./install.sh', ['--prefix', prefix]).status;
const version = (prefix: string) =>
  spawnSync(join(prefix, 'bin/dockerctl'), ['--version'], { encoding: 'utf8' }).stdout;

test('three at once leave one whole program, and nothing beside it', async () => {
  const prefix = temporaryFolder();
  expect(install(prefix)).toBe(0);
  const runs = [1, 2, 3].map(() =>
    spawn('./install.sh', ['--prefix', prefix], { stdio: 'ignore' }),
  );
  expect(await Promise.all(runs.map((run) => once(run, 'exit')))).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ]);
  expect(version(prefix)).toMatch(/^dockerctl \d/);
  expect(readdirSync(join(prefix, 'lib')).sort()).toEqual(['.dockerctl.lock', 'dockerctl']);
});

test.each(['dockerctl.old', 'dockerctl.next'])(
  'one that was killed between its renames is healed by the next: only %s is there',
  (left) => {
    const prefix = temporaryFolder();
    const lib = join(prefix, 'lib');
    expect(install(prefix)).toBe(0);
    renameSync(join(lib, 'dockerctl'), join(lib, left));
    rmSync(join(prefix, 'bin/dockerctl'));
    expect(install(prefix)).toBe(0);
    expect(version(prefix)).toMatch(/^dockerctl \d/);
    expect(readlinkSync(join(prefix, 'bin/dockerctl'))).toBe('../lib/dockerctl/dist/dockerctl.cjs');
    expect(existsSync(join(lib, left))).toBe(false);
  },
);
