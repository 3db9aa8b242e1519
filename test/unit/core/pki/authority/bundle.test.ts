import { expect, test } from '@jest/globals';
import { bundleFiles, fullChain, pemOf } from '../../../../../src/core/pki/authority/bundle.js';
import { readCertificate } from '../../../../../src/core/pki/x509/read-certificate.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, CLIENT, derOf, issue, server } from '../../../../support/openssl.js';

const folder = temporaryFolder();
const made = [
  { cn: 'Root', extensions: CA },
  { cn: 'Middle', extensions: CA },
  { cn: 'a.test', extensions: server('DNS:a.test') },
  { cn: 'client', extensions: CLIENT },
].map((wish) => issue(folder, wish).cert);
const [root, middle, leaf, client] = made.map((pem) => readCertificate(derOf(pem), 'x'));
const pem = { root: made[0], middle: made[1], leaf: made[2], client: made[3] };
const bundle = { name: 'a', certificate: leaf!, chain: [middle!], root: root!, key: 'KEY' };

const files = (given: Parameters<typeof bundleFiles>[0]) =>
  bundleFiles(given).map(({ file, text, isKey }) => [file, text, isKey]);

/** RFC 8446 4.4.2: the sender's certificate first, then those that certify the one before; the root may be left out. */
test('what a server sends: itself, then its issuers, without the root', () => {
  expect(fullChain(bundle)).toBe(`${pem.leaf}${pem.middle}`);
  expect(fullChain({ ...bundle, withRoot: true })).toBe(`${pem.leaf}${pem.middle}${pem.root}`);
  expect(pemOf(leaf!)).toBe(pem.leaf);
});

test('of a server: the key alone is secret', () => {
  expect(files(bundle)).toEqual([
    ['a.key', 'KEY', true],
    ['a.crt', pem.leaf, false],
    ['a.fullchain.crt', `${pem.leaf}${pem.middle}`, false],
    ['ca.crt', pem.root, false],
  ]);
  expect(files({ ...bundle, key: null }).map(([file]) => file)).not.toContain('a.key');
});

/** moby registry/registry.go, ReadCertsDirectory: a *.cert is a client's, and its key beside it. */
test('of a client: also under the name that dockerd takes for a client’s', () => {
  const all = files({ ...bundle, certificate: client! });
  expect(all.at(-1)).toEqual(['a.cert', `${pem.client}${pem.middle}`, false]);
});
