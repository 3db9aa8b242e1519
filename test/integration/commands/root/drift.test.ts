import { mkdirSync } from 'node:fs';
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
