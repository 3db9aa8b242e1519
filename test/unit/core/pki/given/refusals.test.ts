import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  commandOn,
  damaged,
  keyInside,
  labelled,
  noCertificate,
  outputBeside,
  plainSource,
} from '../../../../../src/core/pki/given/refusals.js';
import { temporaryFolder } from '../../../../support/node-host.js';

const FILE = "my 'ca'.pem";

describe('a hint is a command that a shell reads as it is meant', () => {
  test('of a file with any name', () => {
    const folder = temporaryFolder();
    writeFileSync(`${folder}/${FILE}`, 'hello');
    const argv = ['-c', `cat ${plainSource(FILE)}`];
    expect(execFileSync('sh', argv, { cwd: folder, encoding: 'utf8' })).toBe('hello');
  });

  test('what came from an address is fetched before', () => {
    expect(commandOn('https://ca.test/a', `head ${plainSource('https://ca.test/a')}`)).toBe(
      '`curl -fo downloaded https://ca.test/a && head downloaded`',
    );
    expect(commandOn('a.pem', 'head a.pem')).toBe('`head a.pem`');
  });

  test('takes the certificates out of a file that holds a key, and nothing else', () => {
    const folder = temporaryFolder();
    const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const key = '-----BEGIN PRIVATE KEY-----\nSECRET\n-----END PRIVATE KEY-----\n';
    writeFileSync(`${folder}/${FILE}`, key + certificate + key);
    const { hint } = keyInside(FILE, { certificates: 1, wrapped: false });
    const command = /`(.*)`/.exec(hint)?.[1] ?? '';
    execFileSync('sh', ['-c', command], { cwd: folder });
    expect(readFileSync(`${folder}/ca.crt`, 'utf8')).toBe(certificate);
  });

  test('takes them out of a kubeconfig, too', () => {
    const folder = temporaryFolder();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const [certificate, key] = ['-----BEGIN CERTIFICATE-----\n', '-----BEGIN PRIVATE KEY-----\n'];
    writeFileSync(`${folder}/c`, `ca: ${base64(certificate)}\nkey: ${base64(key)}\n`);
    const { hint } = keyInside('c', { certificates: 1, wrapped: true });
    execFileSync('sh', ['-c', /`(.*)`/.exec(hint)?.[1] ?? ''], { cwd: folder });
    expect(readFileSync(`${folder}/ca.crt`, 'utf8')).toBe(certificate);
  });

  test('never writes over what it reads', () => {
    expect([outputBeside('/srv/a.p12'), outputBeside('/srv/ca.crt')]).toEqual([
      'ca.crt',
      'ca-plain.crt',
    ]);
  });
});

test.each([
  ['CERTIFICATE REQUEST', 'holds a certificate request'],
  ['NEW CERTIFICATE REQUEST', 'holds a certificate request'],
  ['X509 CRL', 'holds a list of revoked certificates (CRL)'],
  ['RSA PUBLIC KEY', 'holds a public key'],
  ['DH PARAMETERS', 'holds parameters of a key'],
  ['PGP MESSAGE', 'holds a PGP MESSAGE'],
])('PEM of %s %s', (label, said) => {
  expect(labelled('a.pem', label).message).toBe(
    `a.pem ${said.includes('request') ? `${said}, which an authority is asked to sign` : said}, and no certificate.`,
  );
});

test('a damaged one is named where there are others', () => {
  const lines = [7, 9] as const;
  const second = damaged('a.pem', { at: 1, count: 3, lines }, 'why');
  expect(second.message).toContain('(certificate 2 of 3, from line 7): why');
  expect(second.hint).toContain("`sed -n '7,9p' a.pem`");
  const alone = damaged('a.pem', { at: 0, count: 1, lines: null }, 'why');
  expect(alone.message).toBe('a.pem holds a certificate that cannot be read: why.');
  expect(alone.hint).not.toContain('sed');
});

test('all of them are of one code', () => {
  const errors = [
    noCertificate('a', 'is empty'),
    keyInside('a', { certificates: 0, wrapped: false }),
  ];
  expect(errors.map(({ code }) => code)).toEqual(['invalid-certificate', 'invalid-certificate']);
  expect(errors[1]?.message).toBe('a is a private key, not a certificate.');
});
