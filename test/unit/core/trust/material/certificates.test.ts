import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  certificatesForGo,
  holdsPrivateKey,
  isAuthority,
  isExpired,
  isSelfIssued,
  nameOf,
  parseCertificates,
  readCertificates,
  toPem,
  withoutRepeats,
} from '../../../../../src/core/trust/material/certificates.js';
import { decodeX509 } from '../../../../../src/core/pki/x509/x509.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, derOf, issue, server, type Issued } from '../../../../support/openssl.js';

let root: Issued, other: Issued, leaf: Issued, namesake: Issued;

beforeAll(() => {
  const folder = temporaryFolder();
  root = issue(folder, { cn: 'Root', extensions: CA });
  other = issue(folder, { cn: 'Other Root', extensions: CA });
  leaf = issue(folder, { cn: 'reg.example', extensions: server('DNS:reg.example'), by: root });
  namesake = issue(folder, { cn: 'Root', extensions: server('DNS:reg.example'), by: root });
});

const bytes = (text: string) => Buffer.from(text);
const label = (pem: string, name: string) => pem.replaceAll(' CERTIFICATE', ` ${name}`);

describe('readCertificates', () => {
  test('those of a file, in its order, repeats and all', () => {
    const text = leaf.cert + root.cert + leaf.cert;
    expect(toPem(readCertificates(bytes(text), 'a.pem'))).toBe(text);
  });

  test('a file above 4 MiB is none, whatever it holds', () => {
    const large = Buffer.concat([bytes(root.cert), Buffer.alloc(4 * 1024 * 1024, '\n')]);
    expect(() => readCertificates(large, 'a.pem')).toThrow(`${large.length} bytes`);
  });
});

/** Go, crypto/x509 AppendCertsFromPEM: a block of another label, or with headers, is passed over. */
test('Go sees the label CERTIFICATE alone, without headers; what we read by hand has any label, and DER', () => {
  const headed = root.cert.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\n\n');
  const seen = (content: string | Buffer) => {
    const file = Buffer.from(content);
    return [certificatesForGo(file), parseCertificates(file)].map(toPem);
  };
  expect(seen(root.cert)).toEqual([root.cert, root.cert]);
  expect(seen(root.key + root.cert)).toEqual([root.cert, root.cert]);
  expect(seen(label(root.cert, 'X509 CERTIFICATE'))).toEqual(['', root.cert]);
  expect(seen(label(root.cert, 'TRUSTED CERTIFICATE') + other.cert)).toEqual([
    other.cert,
    root.cert + other.cert,
  ]);
  expect(seen(headed)[0]).toBe('');
  expect(seen(derOf(root.cert))).toEqual(['', root.cert]);
  expect(seen('x')).toEqual(['', '']);
  expect([certificatesForGo(null), parseCertificates(null)]).toEqual([[], []]);
});

test('a caller may change the list it was given: the next one has its own', () => {
  const file = bytes(root.cert);
  parseCertificates(file).pop();
  certificatesForGo(file).pop();
  expect([parseCertificates(file).length, certificatesForGo(file).length]).toEqual([1, 1]);
});

test('a private key is seen in PEM of any kind, and a public one is none', () => {
  const key = (kind: string) => bytes(`# a\n-----BEGIN ${kind}-----\nAAAA\n`);
  const kinds = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'];
  expect(kinds.map((kind) => holdsPrivateKey(key(kind)))).toEqual([true, true, true, true]);
  expect([holdsPrivateKey(key('PUBLIC KEY')), holdsPrivateKey(null)]).toEqual([false, false]);
});

test('a server with the name of its authority is neither a root nor an authority', () => {
  const one = decodeX509(namesake.cert);
  expect(one.subject).toBe(one.issuer);
  expect([isSelfIssued(one), isAuthority(one)]).toEqual([false, false]);
  const ca = decodeX509(root.cert);
  expect([isSelfIssued(ca), isAuthority(ca)]).toEqual([true, true]);
});

/** RFC 5280 4.1.2.5: valid through the second of notAfter, that second included. */
test('it expires after its last second', () => {
  const one = decodeX509(root.cert);
  const end = Date.parse(one.validTo);
  expect([isExpired(one, end), isExpired(one, end + 1)]).toEqual([false, true]);
});

test.each([
  ['CN=Example CA\nO=Example', 'CN=Example CA, O=Example'],
  ['CN=\u001b[31mred', 'CN=\\x1b[31mred'],
  [undefined, '(no name)'],
  [null, '(no name)'],
])('%j on one line', (name, line) => {
  expect(nameOf(name)).toBe(line);
});

test('the same certificate twice is one, at its first place', () => {
  const all = readCertificates(bytes(root.cert + leaf.cert + root.cert), 'a.pem');
  expect(toPem(withoutRepeats(all))).toBe(root.cert + leaf.cert);
});
