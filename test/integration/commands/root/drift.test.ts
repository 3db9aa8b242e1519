import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { machine } from '../../../support/certs.js';

test('a folder without a declaration is there, and says nothing', async () => {
  const host = machine();
  mkdirSync(host.at('/srv/declared'), { recursive: true });
  expect(await host.error('drift', '-f', '/srv/declared')).toMatchObject({
    code: 'file-not-found',
    message: expect.stringContaining('the folder /srv/declared holds no *.json5') as unknown,
  });
  expect(await host.error('drift', '-f', '/srv/gone')).toMatchObject({
    message: expect.stringContaining('/srv/gone cannot be read') as unknown,
  });
});

test('a revoked certificate is put nowhere, and left where it is already', async () => {
  const host = machine();
  mkdirSync(host.at('/etc/dockerctl'), { recursive: true });
  const declare = (text: string) => {
    writeFileSync(host.at('/etc/dockerctl/dockerctl.json5'), text);
  };
  declare("{ certificates: { 'a.test': { deploy: [{ to: '/srv/old' }] } } }");
  await host.data('certs', 'issue', '--init', '--domain', 'a.test');
  await host.data('drift', '--repair');
  await host.data('certs', 'revoke', 'a.test');
  expect(await host.data('drift')).toMatchObject({ findings: [] });
  declare("{ certificates: { 'a.test': { deploy: [{ to: '/srv/new' }] } } }");
  expect(await host.data('drift')).toMatchObject({
    findings: [
      {
        code: 'drift-impossible',
        message: expect.stringContaining('a.test was revoked') as unknown,
        hint: 'dockerctl certs issue --name a.test --domain a.test',
      },
    ],
  });
  await host.run('drift', '--repair');
  expect(existsSync(host.at('/srv/new'))).toBe(false);
});
