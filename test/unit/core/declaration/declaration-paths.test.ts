import { expect, test } from '@jest/globals';
import {
  declarationPaths,
  examplePath,
} from '../../../../src/core/declaration/declaration-paths.js';

const folderOf = (uid: number, root: string | null, env: Readonly<Record<string, string>>) =>
  declarationPaths({ uid, root, env }).folder;

/** XDG Base Directory Specification: $XDG_CONFIG_HOME, else $HOME/.config. */
test('root’s is the system’s, below --root too; another user has their own', () => {
  const env = { HOME: '/home/ada' };
  expect(folderOf(0, null, env)).toBe('/etc/dockerctl');
  expect(folderOf(1000, '/mnt', env)).toBe('/etc/dockerctl');
  expect(folderOf(1000, null, env)).toBe('/home/ada/.config/dockerctl');
  expect(folderOf(1000, null, { ...env, XDG_CONFIG_HOME: '/c' })).toBe('/c/dockerctl');
});

test('the file, and the folder of what is joined to it', () => {
  expect(declarationPaths({ uid: 0, root: null, env: {} })).toMatchObject({
    file: '/etc/dockerctl/dockerctl.json5',
    fragments: '/etc/dockerctl/dockerctl.d',
  });
});

test('the example lies in the installation whose program runs', () => {
  expect(examplePath('/usr/lib/dockerctl/dist/dockerctl.cjs')).toBe(
    '/usr/lib/dockerctl/templates/dockerctl.json5',
  );
});
