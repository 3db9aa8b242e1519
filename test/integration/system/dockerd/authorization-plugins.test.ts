import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { announcedPlugins } from '../../../../src/system/dockerd/authorization-plugins.js';
import { asRoot, temporaryHost } from '../../../support/node-host.js';

const machine = (...paths: readonly string[]) => {
  const { host, root } = temporaryHost();
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  return asRoot(host);
};

test('plugins announce themselves by a socket, a folder or a file', () => {
  const host = machine(
    ...['/run/docker/plugins/opa.sock', '/run/docker/plugins/own/own.sock'],
    ...['/etc/docker/plugins/far.spec', '/usr/lib/docker/plugins/tls.json'],
  );
  expect([...(announcedPlugins(host) ?? [])].sort()).toEqual(['far', 'opa', 'own', 'tls']);
  expect(announcedPlugins(machine())).toEqual([]);
});

test('what they are is not known where plugins are images, and to everybody but root', () => {
  const host = machine(`/var/lib/docker/plugins/${'a'.repeat(64)}/config.json`);
  expect(announcedPlugins(host)).toBeNull();
  expect(announcedPlugins({ ...host, self: { ...host.self, uid: 1000 } })).toBeNull();
});
