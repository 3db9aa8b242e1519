import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '../../../support/node-host.js';
import { dockerctl } from '../../../support/program.js';

test.each([['list'], ['check'], ['crl'], ['init'], ['issue', '--domain', 'a.test']])(
  'certs %s says of a ca.crt that leads nowhere that it is such a link',
  async (...words) => {
    const pki = join(temporaryFolder(), 'pki');
    mkdirSync(pki, { mode: 0o700 });
    symlinkSync('/nowhere/ca.crt', join(pki, 'ca.crt'));
    const { status, stderr } = await dockerctl('certs', ...words, '--pki', pki);
    expect(status).toBe(3);
    expect(stderr).toContain(`${pki}/ca.crt is a symbolic link to a file that does not exist.`);
    expect(stderr).toContain(`\`dockerctl certs init --pki ${pki} --force\``);
  },
);
