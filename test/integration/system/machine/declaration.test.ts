import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hasDeclaration } from '../../../../src/system/machine/declaration-files.js';
import { readDeclaration } from '../../../../src/system/machine/declaration.js';
import { temporaryHost } from '../../../support/node-host.js';

test('who is not root is told that the declaration of the machine may be the one that was meant', () => {
  const { host } = temporaryHost();
  const user = { ...host.self, uid: 1000, user: 'joe', root: null, env: { HOME: '/nowhere' } };
  const missing = expect.objectContaining({
    code: 'file-not-found',
    message: 'There is no declaration: /nowhere/.config/dockerctl/dockerctl.json5 does not exist.',
    hint: expect.stringContaining('the same with sudo') as unknown,
  }) as unknown as Error;
  expect(() => readDeclaration({ ...host, self: user }, null)).toThrow(missing);
});

test('root is told how to write one', () => {
  const { host } = temporaryHost();
  const missing = expect.objectContaining({
    hint: expect.stringMatching(/^write one of what is there today/) as unknown,
  }) as unknown as Error;
  expect(() => readDeclaration(host, null)).toThrow(missing);
});

test('a link that leads nowhere is not the absence of a declaration', () => {
  const { host, root } = temporaryHost();
  const file = '/etc/dockerctl/dockerctl.json5';
  mkdirSync(join(root, 'etc/dockerctl'), { recursive: true });
  symlinkSync('/nowhere', join(root, file));
  expect(hasDeclaration(host)).toBe(true);
  expect(() => readDeclaration(host, null)).toThrow(/dockerctl\.json5/);
  expect(() => readDeclaration(host, null)).not.toThrow('There is no declaration');
});
