import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pluginsOf } from '../../../../src/system/dockerd/plugins.js';
import { asRoot, temporaryHost } from '../../../support/node-host.js';

const machine = (files: Readonly<Record<string, string>> = {}) => {
  const { host, root } = temporaryHost();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return asRoot(host);
};

/** As dockerd 28.5 wrote it for `docker plugin create`, shortened. */
const image = (name: string, { type = 'logdriver', enabled = true } = {}) =>
  JSON.stringify({
    plugin: {
      Config: { Interface: { Socket: 'x.sock', Types: [`docker.${type}/1.0`] } },
      ...{ Enabled: enabled, Name: name },
    },
  });

const folder = (letter: string, root = '/var/lib/docker') =>
  `${root}/plugins/${letter.repeat(64)}/config.json`;

test('plugins announce themselves by a socket, a folder or a file', () => {
  const host = machine({
    ...{ '/run/docker/plugins/opa.sock': '', '/run/docker/plugins/own/own.sock': '' },
    ...{ '/etc/docker/plugins/far.spec': '', '/usr/lib/docker/plugins/tls.json': '' },
  });
  expect([...(pluginsOf(host, 'authz') ?? [])].sort()).toEqual(['far', 'opa', 'own', 'tls']);
  expect(pluginsOf(machine(), 'logdriver')).toEqual([]);
});

test('those that are images count where they are enabled, each for what it does', () => {
  const host = machine({
    [folder('a')]: image('loki:latest'),
    [folder('b')]: image('opa:1', { type: 'authz' }),
    [folder('c')]: image('off:latest', { enabled: false }),
    [folder('d', '/srv/docker')]: image('far:latest'),
  });
  expect(pluginsOf(host, 'logdriver')).toEqual(['loki:latest', 'loki']);
  expect(pluginsOf(host, 'authz')).toEqual(['opa:1', 'opa:1']);
  expect(pluginsOf(host, 'logdriver', '/srv/docker')).toEqual(['far:latest', 'far']);
});

test('what they are is not known to everybody but root, nor of what cannot be read', () => {
  const host = machine({ [folder('a')]: '{' });
  expect(pluginsOf(host, 'authz')).toBeNull();
  expect(pluginsOf({ ...host, self: { ...host.self, uid: 1000 } }, 'authz')).toBeNull();
});
