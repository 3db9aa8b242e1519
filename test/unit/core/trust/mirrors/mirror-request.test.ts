import { expect, test } from '@jest/globals';
import { serverUrl, serverWith } from '../../../../../src/core/trust/mirrors/mirror-request.js';
import { treeOf } from '../../../../support/doctor-facts.js';

/** containerd docs/hosts.md: Docker Hub has another name as a server, and `_default` has no server. */
test.each([
  ['docker.io', 'https://registry-1.docker.io'],
  ['ghcr.io', 'https://ghcr.io'],
  ['[::1]:5000', 'https://[::1]:5000'],
  ['_default', null],
])('the images of %s are at %s', (registry, url) => {
  expect(serverUrl(registry)).toBe(url);
});

test('a hosts.toml names what lies in the folder: each CA, and each certificate that has its key', () => {
  const folder = '/etc/docker/certs.d/m.corp';
  const names = ['b.crt', 'ca.crt', 'ca.pem', 'me.cert', 'me.key', 'alone.cert', 'other.key'];
  const snapshot = treeOf(Object.fromEntries(names.map((name) => [`${folder}/${name}`, 'x'])));
  const wanted = { url: 'https://m.corp', skipVerify: false };
  expect(serverWith(snapshot, folder, wanted)).toEqual({
    ...wanted,
    ca: [`${folder}/b.crt`, `${folder}/ca.crt`],
    client: [[`${folder}/me.cert`, `${folder}/me.key`]],
  });
  expect(serverWith(snapshot, '/nowhere', wanted)).toEqual({ ...wanted, ca: [], client: [] });
});
