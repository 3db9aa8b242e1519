import { beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  isServerOnly,
  readClientPair,
} from '../../../../../src/core/trust/material/client-pair.js';
import { decodeX509 } from '../../../../../src/core/pki/x509/x509.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, CLIENT, issue, server, type Issued } from '../../../../support/openssl.js';
import { refusalOf } from '../../../../support/refusal.js';

const now = Date.now();
const given = (bytes: string | Uint8Array, name: string) => ({ name, bytes: Buffer.from(bytes) });

let root: Issued, leaf: Issued, client: Issued, oldClient: Issued, both: Issued;

beforeAll(() => {
  const folder = temporaryFolder();
  const make = (options: Parameters<typeof issue>[1]): Issued => issue(folder, options);
  root = make({ cn: 'Root', extensions: CA });
  leaf = make({ cn: 'reg.example', extensions: server('DNS:reg.example'), by: root });
  client = make({ cn: 'client', extensions: CLIENT, by: root });
  oldClient = make({ cn: 'client', extensions: CLIENT, by: root, from: -10, until: -2 });
  both = make({
    cn: 'reg.example',
    extensions: ['extendedKeyUsage=serverAuth,clientAuth', 'subjectAltName=DNS:reg.example'],
    by: root,
  });
});

const errorOf = (task: () => unknown) => refusalOf('invalid-certificate', task);

describe('readClientPair', () => {
  const read = (pair: { cert: string; key: string }) =>
    readClientPair(
      { cert: given(pair.cert, 'c.pem'), key: given(pair.key, 'k.pem') },
      { host: 'reg.example', now },
    );

  test('names the key by its hash and keeps its bytes beside', () => {
    const { pair, secrets } = read(client);
    expect(pair.cert).toBe(client.cert);
    expect(JSON.stringify(pair)).not.toContain('PRIVATE');
    expect(Buffer.from(secrets.get(pair.key.secret) ?? []).toString()).toBe(client.key);
  });

  test('puts the certificate of the key first and keeps the chain', () => {
    const { pair } = read({ cert: root.cert + client.cert, key: client.key });
    expect(pair.cert).toBe(client.cert + root.cert);
  });

  test('remarks on a pair that may be the registry’s own', () => {
    expect(read(both).notes.join()).toMatch(/names reg\.example itself/);
  });

  test.each<[string, () => { cert: string; key: string }, RegExp]>([
    [
      'a key of another certificate',
      () => ({ cert: client.cert, key: root.key }),
      /k\.pem is not the key of c\.pem/,
    ],
    ['a server’s pair', () => leaf, /registry's own key does not belong on its clients/],
    ['an expired certificate', () => oldClient, /c\.pem expired on/],
    [
      'files in the wrong order',
      () => ({ cert: client.key, key: client.cert }),
      /c\.pem is a private key/,
    ],
    [
      'a certificate as key',
      () => ({ cert: client.cert, key: client.cert }),
      /k\.pem holds no private key.*holds a certificate/,
    ],
    [
      'a locked key',
      () => ({ cert: client.cert, key: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n' }),
      /passphrase/,
    ],
    ['garbage', () => ({ cert: client.cert, key: 'x' }), /no private key/],
  ])('refuses %s', (_, pair, message) => {
    const error = errorOf(() => read(pair()));
    expect(error.message).toMatch(message);
    expect(error.message + error.hint).not.toMatch(/-----BEGIN|MII|MHc/);
  });

  test.each([
    ['SEC 1 in DER', ['ec', '-outform', 'DER']],
    ['PKCS #8 in DER', ['pkcs8', '-topk8', '-nocrypt', '-outform', 'DER']],
    ['SEC 1 in PEM', ['ec']],
  ])('a key in %s is given to dockerd as PKCS #8 in PEM', (_, argv) => {
    const key = execFileSync('openssl', argv, { input: client.key, stdio: 'pipe' });
    const { pair, secrets } = readClientPair(
      { cert: given(client.cert, 'c.pem'), key: given(key, 'k.pem') },
      { host: 'reg.example', now },
    );
    expect(Buffer.from(secrets.get(pair.key.secret) ?? []).toString()).toBe(client.key);
  });
});

/** RFC 5280 4.2.1.12: without the extension a certificate is for any use. */
test('made for servers alone: serverAuth without clientAuth', () => {
  const made = [leaf, client, both, root];
  expect(made.map(({ cert }) => isServerOnly(decodeX509(cert)))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
