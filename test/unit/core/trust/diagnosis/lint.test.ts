import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FileImage } from '../../../../../src/core/plan/plan.js';
import { toPem } from '../../../../../src/core/pki/keys/pem.js';
import { lintFolder } from '../../../../../src/core/trust/diagnosis/lint.js';
import { makeLeaf, makeSigner } from '../../../../support/authority.js';
import { imageOf, treeOf } from '../../../../support/doctor-facts.js';

const FOLDER = '/etc/docker/certs.d/r.corp';
let [ca, leaf] = ['', ''];
beforeAll(async () => {
  const signer = await makeSigner();
  ca = toPem('CERTIFICATE', signer.certificate.der);
  leaf = toPem('CERTIFICATE', (await makeLeaf(signer)).certificate.der);
});

const lint = (files: Readonly<Record<string, string | FileImage>>) =>
  lintFolder(
    treeOf(Object.fromEntries(Object.entries(files).map(([one, it]) => [`${FOLDER}/${one}`, it]))),
    { registry: 'r.corp', folder: FOLDER },
  ).map(
    ({ severity, code, hint }) => `${severity} ${code} -> ${hint.replaceAll(`${FOLDER}/`, '')}`,
  );
const key = (mode: number): FileImage => ({ ...imageOf('k'), mode });

test('a CA, and a pair of a client that nobody else can read, are as they should be', () => {
  expect(lint({ 'ca.crt': ca, README: 'x' })).toEqual([]);
});

test('a file in the place of the folder', () => {
  const found = lintFolder(treeOf({ [FOLDER]: ca }), { registry: 'r.corp', folder: FOLDER });
  expect(found).toMatchObject([
    {
      ...{ code: 'trust-not-a-folder', severity: 'error', path: FOLDER },
      hint: `mv -n ${FOLDER} /root/ca.crt && dockerctl trust add-registry r.corp --ca /root/ca.crt`,
    },
  ]);
});

/** moby registry/registry.go, ReadCertsDirectory and loadTLSConfig. */
describe('what breaks every pull', () => {
  test('a folder that is read as a file', () => {
    expect(lint({ 'ca.crt/x': 'x' })).toEqual([
      'error trust-not-a-file -> mv -n ca.crt ca.crt.unused',
    ]);
  });

  test('half a pair', () => {
    expect(lint({ 'client.key': key(0o600) })).toEqual([
      'error trust-key-without-cert -> mv -n client.key client.key.unused',
    ]);
    expect(lint({ 'client.cert': leaf })).toEqual([
      'error trust-cert-without-key -> mv -n client.cert client.cert.unused',
    ]);
    expect(lint({ 'ca.cert': ca })).toEqual([
      'error trust-cert-without-key -> mv -n ca.cert ca.crt',
    ]);
  });

  test('a client certificate that is none', () => {
    expect(lint({ 'client.cert': 'x', 'client.key': key(0o600) })).toEqual([
      'error trust-client-unreadable -> mv -n client.cert client.cert.unused && mv -n client.key client.key.unused',
    ]);
  });
});

describe('what is worth a warning', () => {
  test('the pair of a server, and a key that others can read', () => {
    expect(lint({ 'server.cert': leaf, 'server.key': key(0o640) })).toEqual([
      'warning trust-server-key -> mv -n server.cert server.cert.unused && mv -n server.key server.key.unused',
      'warning trust-key-readable -> chmod 600 server.key',
    ]);
  });

  test('a CA with an ending that no reader looks for', () => {
    expect(lint({ 'ca.pem': ca })).toEqual(['warning trust-file-ignored -> mv -n ca.pem ca.crt']);
  });

  test('certificates beside a hosts.toml that names others', () => {
    const server = 'server = "https://r.corp"\n';
    expect(lint({ 'ca.crt': ca, 'hosts.toml': server })).toEqual([
      expect.stringMatching(/^info trust-hosts-toml -> see that .* names the same CA/),
    ]);
    expect(lint({ 'ca.crt': ca, 'hosts.toml': `${server}ca = "ca.crt"\n` })).toEqual([]);
  });
});
