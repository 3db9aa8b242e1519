import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';
import { temporaryFolder } from '../../../support/node-host.js';
import { dockerctl } from '../../../support/program.js';

function machine(text: string): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'etc/docker'), { recursive: true });
  writeFileSync(join(root, 'etc/docker/daemon.json'), text);
  return root;
}

test.each([
  ['blanks', `${' '.repeat(3_000_000)}{}`, 'has more than 2 MiB'],
  ['values', `{"labels":[${'1,'.repeat(40_000)}1]}`, 'has more than 30000 values'],
  ['brackets', '[{"a":'.repeat(20_000), 'has more than 30000 values'],
])(
  'a daemon.json with no end of %s is not read, and every command says so',
  async (_, text, why) => {
    const root = machine(text);
    for (const words of [
      ['config', 'show'],
      ['config', 'set', 'debug', 'true'],
      ['mirrors', 'list'],
    ]) {
      const { status, stderr } = await dockerctl(...words, '--root', root);
      expect(status).toBe(3);
      expect(stderr).toContain(
        `/etc/docker/daemon.json ${why}, more than dockerctl reads of a configuration`,
      );
    }
    const { stdout } = await dockerctl('doctor', '--root', root);
    expect(stdout).toContain(why);
    expect(stdout).not.toContain('there is none');
  },
);

test('a line of a megabyte has a place for its column, and a change of it a diff that ends', async () => {
  const machineOf = rootWith(`${' '.repeat(1_000_000)}{ "debug": true }\n`);
  const { status, stdout } = await machineOf.run('config', 'set', 'debug', 'false', '--dry-run');
  expect(status).toBe(0);
  expect(stdout.length).toBeLessThan(20_000);
});
