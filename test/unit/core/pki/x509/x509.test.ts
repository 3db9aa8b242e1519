import { execFileSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { decodeX509, isSha1Signed, isVersion1 } from '../../../../../src/core/pki/x509/x509.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, derOf, issue, type Issued } from '../../../../support/openssl.js';

let root: Issued, sha1: Issued;
beforeAll(() => {
  const folder = temporaryFolder();
  root = issue(folder, { cn: 'Root', extensions: CA });
  sha1 = issue(folder, { cn: 'Old', extensions: CA, digest: 'sha1' });
});

test('PEM and DER are the same certificate, decoded once each', () => {
  const der = derOf(root.cert);
  expect(decodeX509(der).fingerprint256).toBe(decodeX509(root.cert).fingerprint256);
  expect(decodeX509(der)).toBe(decodeX509(Buffer.from(der)));
});

/** The Z at the end of the second UTCTime; the uncompressed point of its P-256 key. OpenSSL reads neither at first. */
test.each([
  ['dates', /(170d(?:3\d){12})5a(?=30)/, '$100', 'its dates are none'],
  ['key', /03420004/, '034200ff', /./],
])('one whose %s are none is found out at once', (_, from, to, message) => {
  const hex = derOf(root.cert).toString('hex');
  expect(hex).toMatch(from);
  expect(() => decodeX509(Buffer.from(hex.replace(from, to), 'hex'))).toThrow(message);
});

test('which were signed with SHA-1, of RSA too', () => {
  const rsa = execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-sha1', '-subj', '/CN=r'],
      ...['-keyout', '/dev/null'],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  expect([root.cert, sha1.cert, rsa].map((pem) => isSha1Signed(decodeX509(pem)))).toEqual([
    false,
    true,
    true,
  ]);
});

/** RFC 5280 4.1.2.1: version is [0] EXPLICIT DEFAULT v1. */
test('version 1 is the one that is not written', () => {
  expect(isVersion1(decodeX509(root.cert))).toBe(false);
  const body = Buffer.from('30053003020101', 'hex');
  expect(isVersion1({ raw: body } as never)).toBe(true);
});
