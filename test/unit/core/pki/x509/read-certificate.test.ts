import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  fingerprintsIn,
  isIssuedBy,
  isSelfIssued,
  readCertificate,
  readStoredCertificates,
} from '../../../../../src/core/pki/x509/read-certificate.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, derOf, issue, type Issued } from '../../../../support/openssl.js';

let root: Issued, leaf: Issued;
beforeAll(() => {
  const folder = temporaryFolder();
  root = issue(folder, {
    cn: 'Root',
    extensions: [
      'basicConstraints=critical,CA:TRUE,pathlen:2',
      'keyUsage=critical,keyCertSign,cRLSign',
      'subjectKeyIdentifier=00112233445566778899aabbccddeeff00112233',
      'nameConstraints=critical,permitted;DNS:a.test',
    ],
  });
  leaf = issue(folder, {
    cn: 'a.test',
    by: root,
    extensions: [
      'basicConstraints=CA:FALSE',
      'keyUsage=digitalSignature,decipherOnly',
      'extendedKeyUsage=serverAuth,clientAuth,1.3.6.1.5.5.7.3.3',
      'authorityKeyIdentifier=keyid:always',
      'subjectAltName=DNS:a.test,IP:192.0.2.1,dirName:d\n[d]\nCN=x',
    ],
  });
});

/** What OpenSSL says after `=`. */
const openssl = (pem: string, ...argv: string[]) =>
  execFileSync('openssl', ['x509', '-noout', ...argv], { input: pem, encoding: 'utf8' })
    .replace(/^[^=]*=\s*/, '')
    .trim();
const read = (pem: string) => readCertificate(derOf(pem), 'a.crt');

test('an authority of OpenSSL’s', () => {
  expect(read(root.cert)).toMatchObject({
    version: 3,
    subject: [['CN', 'Root']],
    issuer: [['CN', 'Root']],
    keyType: 'ecdsa-p256',
    signatureOid: '1.2.840.10045.4.3.2',
    isAuthority: true,
    pathLength: 2,
    keyUsage: ['keyCertSign', 'cRLSign'],
    extendedKeyUsage: null,
    subjectKeyId: '00112233445566778899aabbccddeeff00112233',
    authorityKeyId: null,
    names: [],
    constraints: { permitted: { dns: ['a.test'], ip: [] }, excluded: { dns: [], ip: [] } },
  });
});

test('a leaf of OpenSSL’s', () => {
  const certificate = read(leaf.cert);
  expect(certificate).toMatchObject({
    isAuthority: false,
    pathLength: null,
    keyUsage: ['digitalSignature', 'decipherOnly'],
    extendedKeyUsage: ['server', 'client', '1.3.6.1.5.5.7.3.3'],
    authorityKeyId: '00112233445566778899aabbccddeeff00112233',
    constraints: null,
    names: [
      { kind: 'dns', value: 'a.test' },
      { kind: 'ip', value: '192.0.2.1' },
    ],
  });
  expect(certificate.serial.replace(/^00/, '')).toBe(openssl(leaf.cert, '-serial').toLowerCase());
  const fingerprint = openssl(leaf.cert, '-fingerprint', '-sha256');
  expect(certificate.fingerprint).toBe(fingerprint.replaceAll(':', '').toLowerCase());
  expect(certificate.notBefore).toBe(Date.parse(openssl(leaf.cert, '-startdate')));
  expect(certificate.notAfter).toBe(Date.parse(openssl(leaf.cert, '-enddate')));
  const key = execFileSync('openssl', ['x509', '-noout', '-pubkey'], {
    input: leaf.cert,
    encoding: 'utf8',
  });
  expect(certificate.publicKeyDer).toEqual(derOf(key));
  expect(new Set(certificate.extensions.values())).toEqual(new Set([false]));
});

test('who signed whom', () => {
  const [ca, one] = [read(root.cert), read(leaf.cert)];
  expect([isIssuedBy(one, ca), isIssuedBy(ca, one), isIssuedBy(ca, ca)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([isSelfIssued(ca), isSelfIssued(one)]).toEqual([true, false]);
});

describe('what is no certificate is refused by the name of its file', () => {
  test.each<[string, () => Uint8Array, string]>([
    ['nothing', () => Buffer.alloc(0), 'neither PEM nor DER'],
    ['noise', () => Buffer.from('hello'), 'neither PEM nor DER'],
    ['half of one', () => derOf(root.cert).subarray(0, 100), 'cut off or damaged'],
  ])('%s', (_, bytes, reason) => {
    expect(() => readCertificate(bytes(), '/srv/x.crt')).toThrow(
      expect.objectContaining({
        code: 'invalid-certificate',
        message: expect.stringMatching(new RegExp(`^/srv/x\\.crt .*${reason}`)),
      }),
    );
  });
});

describe('a file that we wrote', () => {
  test('is PEM, or one in DER', () => {
    const namesOf = (bytes: string | Uint8Array) =>
      readStoredCertificates(Buffer.from(bytes), 'a.crt').map(({ subject }) => subject[0]?.[1]);
    expect(namesOf(leaf.cert + root.cert)).toEqual(['a.test', 'Root']);
    expect(namesOf(root.key + root.cert)).toEqual(['Root']);
    expect(namesOf(derOf(root.cert))).toEqual(['Root']);
    expect(() => namesOf(root.key)).toThrow('a.crt is not an X.509 certificate');
  });

  test('has a fingerprint for each certificate, for one that cannot be read too', () => {
    const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    // SHA-256 of three zero octets.
    const zeros = '709e80c88487a2411e1ee4dfb9f22a861492d20c4765150c0c794abd70f8147c';
    expect(fingerprintsIn(root.cert + damaged)).toEqual([read(root.cert).fingerprint, zeros]);
  });
});

test('CA is what basicConstraints say, whatever the key may be used for', () => {
  const folder = temporaryFolder();
  const one = read(issue(folder, { cn: 'x', extensions: ['keyUsage=keyCertSign'] }).cert);
  expect([one.isAuthority, one.keyUsage]).toEqual([false, ['keyCertSign']]);
  const written = { cn: 'x', extensions: ['basicConstraints=critical,DER:3003010100'] };
  expect(read(issue(folder, written).cert).isAuthority).toBe(false);
  expect(read(issue(folder, { cn: 'x', extensions: CA }).cert).pathLength).toBeNull();
});
