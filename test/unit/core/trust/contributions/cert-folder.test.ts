import { expect, test } from '@jest/globals';
import {
  dropCertificates,
  putCertificates,
  readFolder,
} from '../../../../../src/core/trust/contributions/cert-folder.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const FOLDER = '/etc/docker/certs.d/r.corp';
const key = { secret: 'a'.repeat(64), size: 5 };

test('a key is for root alone, and certificates are for all', () => {
  const material = { ca: 'CA', client: { cert: 'CERT', key } } as never;
  const changes = putCertificates(treeOf({}), FOLDER, material);
  expect(changes.map(({ path, after }) => [path, after?.mode, after?.content])).toEqual([
    [`${FOLDER}/ca.crt`, 0o644, { text: 'CA' }],
    [`${FOLDER}/client.cert`, 0o644, { text: 'CERT' }],
    [`${FOLDER}/client.key`, 0o600, key],
  ]);
  expect(putCertificates(treeOf({}), FOLDER, { ca: null, client: null } as never)).toEqual([]);
});

test('what readers take for a certificate or key goes, and nothing else', () => {
  const names = ['a.cert', 'a.key', 'ca.crt', 'hosts.toml', 'ca.pem'];
  const snapshot = treeOf(Object.fromEntries(names.map((name) => [`${FOLDER}/${name}`, 'x'])));
  expect(dropCertificates(snapshot, FOLDER)).toMatchObject([
    { path: `${FOLDER}/a.cert`, after: null },
    { path: `${FOLDER}/a.key`, after: null },
    { path: `${FOLDER}/ca.crt`, after: null },
  ]);
  expect(readFolder(snapshot, FOLDER)).toHaveLength(names.length + 1);
});
