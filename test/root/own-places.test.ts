import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../support/node-host.js';
import { dockerctl } from '../support/program.js';

const SOMEBODY = 1234;

/** A machine, and a folder of somebody who may not change it. */
function machine(): { readonly root: string; readonly theirs: string } {
  const root = temporaryFolder();
  chmodSync(root, 0o755);
  for (const name of ['etc/docker', 'var/lib', 'run', 'home/theirs'])
    mkdirSync(join(root, name), { recursive: true, mode: 0o755 });
  const theirs = join(root, 'home/theirs');
  chownSync(theirs, SOMEBODY, SOMEBODY);
  return { root, theirs };
}

test.each(['var/lib/dockerctl', 'run/dockerctl', 'etc/dockerctl'])(
  '%s that is a link to the folder of somebody else is no place of ours',
  async (place) => {
    const { root, theirs } = machine();
    symlinkSync('/home/theirs', join(root, place));
    const { status, stderr } = await dockerctl('config', 'set', 'debug', 'true', '--root', root);
    expect(status).toBe(3);
    expect(stderr).toContain('/home/theirs');
    expect(readdirSync(theirs)).toEqual([]);
  },
);

test('a declaration that somebody else may write is not obeyed', async () => {
  const { root } = machine();
  mkdirSync(join(root, 'etc/dockerctl'));
  writeFileSync(join(root, 'etc/dockerctl/dockerctl.json5'), '{ daemon: { debug: true } }');
  expect((await dockerctl('drift', '--root', root)).status).toBe(1);
  chownSync(join(root, 'etc/dockerctl'), SOMEBODY, SOMEBODY);
  expect((await dockerctl('apply', '--root', root)).status).toBe(3);
});
