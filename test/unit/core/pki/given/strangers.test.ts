import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { strangerIn } from '../../../../../src/core/pki/given/strangers.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, derOf, issue } from '../../../../support/openssl.js';

const folder = temporaryFolder();
const made = issue(folder, { cn: 'One', extensions: CA });
writeFileSync(`${folder}/one.pem`, made.cert);
writeFileSync(`${folder}/key.pem`, made.key);
const run = (command: string, ...argv: string[]) =>
  execFileSync(command, argv, { cwd: folder, stdio: 'pipe' });
const openssl = (...argv: string[]) => run('openssl', ...argv);
const rsa = openssl('genrsa', '2048');
writeFileSync(`${folder}/rsa.pem`, rsa);
const p12 = (...argv: string[]) =>
  openssl(
    ...['pkcs12', '-export', '-in', 'one.pem', '-inkey', 'key.pem', '-passout', 'pass:x', ...argv],
  );

const P12 = p12();
const OLD_P12 = p12('-legacy', '-certpbe', 'PBE-SHA1-RC2-40');
const GZIP = run('gzip', '-c', 'one.pem');

const said = (bytes: Uint8Array, wrapped = false) => {
  const error = strangerIn(bytes, { source: 'a.bin', wrapped });
  return error === null ? null : `${error.message}\n${error.hint}`;
};

/** What OpenSSL itself wrote, in DER. */
const FILES: Readonly<Record<string, Buffer>> = {
  'PKCS #8': openssl('pkey', '-in', 'key.pem', '-outform', 'DER'),
  'SEC 1': openssl('ec', '-in', 'key.pem', '-outform', 'DER'),
  'PKCS #1': openssl('rsa', '-in', 'rsa.pem', '-traditional', '-outform', 'DER'),
  'public EC': openssl('pkey', '-in', 'key.pem', '-pubout', '-outform', 'DER'),
  'public RSA': openssl('pkey', '-in', 'rsa.pem', '-pubout', '-outform', 'DER'),
  request: openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=x', '-outform', 'DER'),
};

describe('DER that is no certificate', () => {
  test.each([
    ['PKCS #8', 'is a private key'],
    ['SEC 1', 'is a private key'],
    ['PKCS #1', 'is a private key'],
    ['public EC', 'is a public key'],
    ['public RSA', 'is a public key'],
    ['request', 'is a certificate request'],
  ])('%s %s', (name, what) => {
    expect(said(FILES[name] ?? Buffer.of())).toContain(`a.bin ${what}`);
  });

  test('a certificate is none of them', () => {
    expect(said(derOf(made.cert))).toBeNull();
    expect(said(Buffer.from(made.cert))).toBeNull();
  });
});

describe('PKCS#12', () => {
  test('is opened by openssl, with -legacy where it must be', () => {
    expect(said(P12)).toContain('`openssl pkcs12 -in a.bin -nokeys -out ca.crt`');
    expect(said(OLD_P12)).toContain('-nokeys -legacy -out');
    expect(said(P12, true)).toContain('`base64 -d a.bin | openssl pkcs12 -nokeys -out ca.crt`');
  });
});

test.each([
  ['gzip', () => GZIP, 'is compressed (gzip)', 'gunzip -c a.bin >ca.crt'],
  ['zip', () => Buffer.from('PK\x03\x04'), 'is a zip archive', 'unzip -l a.bin'],
  ['JKS', () => Buffer.from('feedfeed00000002', 'hex'), 'is a key store of Java', 'keytool -list'],
  ['HTML', () => Buffer.from('\n<HTML>'), 'is a web page', 'BEGIN CERTIFICATE'],
  ['SSH', () => Buffer.from('ecdsa-sha2-nistp256 AAAA'), 'is a key of SSH', 'BEGIN CERTIFICATE'],
])('%s', (_, bytes, what, hint) => {
  expect(said(bytes())).toMatch(new RegExp(`${what.replace(/[()]/g, '\\$&')}[\\s\\S]*${hint}`));
});
