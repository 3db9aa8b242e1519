import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../support/node-host.js';
import { dockerctl } from '../../support/program.js';

const COUNT = 1_003;

function machine(): string {
  const root = temporaryFolder();
  const ca = readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8').split(
    /(?<=-----END.*-----\n)/,
  );
  for (let at = 0; at < COUNT; at += 1) {
    const folder = join(root, `etc/docker/certs.d/r${at}.test:5000`);
    mkdirSync(folder, { recursive: true });
    // dockerd passes over what does not end in .crt: a finding each.
    writeFileSync(join(folder, 'ca.pem'), ca[0] ?? '');
    writeFileSync(join(folder, 'ca.crt'), ca[0] ?? '');
  }
  return root;
}

test('long answers are cut for people, who learn how many more there are; --json has all', async () => {
  const root = machine();
  const list = await dockerctl('trust', 'list', '--root', root);
  expect(list.stdout.split('\n').length).toBeLessThan(1_010);
  expect(list.stdout).toContain('… and 3 more; with --json all of them');
  const { stdout } = await dockerctl('trust', 'list', '--json', '--root', root);
  const { data } = JSON.parse(stdout) as { data: { registries: unknown[] } };
  expect(data.registries).toHaveLength(COUNT);

  const status = await dockerctl('status', '--root', root);
  expect(status.stdout).toMatch(/and \d+ more: dockerctl --root \S+ trust list/);
  expect(status.stdout.split('\n').length).toBeLessThan(80);

  const doctor = await dockerctl('doctor', '--root', root);
  expect(doctor.stdout).toMatch(/… and \d+ more; with --json all of them/);
  expect(doctor.stdout.split('\n').length).toBeLessThan(200);
});
