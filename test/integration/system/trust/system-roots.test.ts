import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesOfEngine } from '../../../../src/core/pki/go/rules/engine.js';
import { systemCertificates } from '../../../../src/core/trust/diagnosis/system-certificates.js';
import { SYSTEM_BUNDLES } from '../../../../src/host/host.js';
import { readSystemRoots } from '../../../../src/system/trust/system-roots.js';
import { realHost, temporaryFolder } from '../../../support/node-host.js';
import { CA, issue } from '../../../support/openssl.js';

const BUNDLE = 'etc/ssl/certs/ca-certificates.crt';
const [rules] = rulesOfEngine({ goVersion: 'go1.27.1', version: '28.5.2' });
let one: string, two: string, root: string;

beforeAll(() => {
  const folder = temporaryFolder();
  one = issue(folder, { cn: 'One', extensions: CA }).cert;
  two = issue(folder, { cn: 'Two', extensions: CA }).cert;
});

beforeEach(() => {
  root = temporaryFolder();
  for (const folder of ['etc/ssl/certs', 'etc/pki/tls/certs', 'srv/certs'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, BUNDLE), one);
});

/** How many of the two are trusted. */
const count = (environment: Record<string, string> = {}): number => {
  const places = systemCertificates(new Map(Object.entries(environment)), SYSTEM_BUNDLES);
  if (rules === undefined) throw new Error('this Go is known');
  const pool = readSystemRoots(realHost(root), places)(rules);
  return ['CN=One', 'CN=Two'].reduce((sum, name) => sum + pool.reading(name).length, 0);
};

test('the bundle, and once what lies beside it', () => {
  writeFileSync(join(root, 'etc/ssl/certs/One.pem'), one);
  expect(count()).toBe(1);
});

test.each(['etc/ssl/certs/two.pem', 'etc/ssl/certs/two.txt', 'etc/pki/tls/certs/two'])(
  'a certificate put into %s by hand',
  (name) => {
    writeFileSync(join(root, name), two);
    expect(count()).toBe(2);
  },
);

test('a link out of the folder counts, one within it does not', () => {
  writeFileSync(join(root, 'srv/two.crt'), two);
  symlinkSync('two.pem', join(root, 'etc/ssl/certs/1234abcd.0'));
  symlinkSync('/nowhere', join(root, 'etc/ssl/certs/gone.pem'));
  expect(count()).toBe(1);
  symlinkSync('/srv/two.crt', join(root, 'etc/ssl/certs/two.pem'));
  expect(count()).toBe(2);
});

test('the variables exchange file and folders', () => {
  writeFileSync(join(root, 'srv/certs/two.txt'), two);
  expect(count({ SSL_CERT_FILE: '/srv/certs/two.txt', SSL_CERT_DIR: '/srv/none' })).toBe(1);
  expect(count({ SSL_CERT_DIR: '/srv/none:/srv/certs' })).toBe(2);
  expect(count({ SSL_CERT_FILE: '/srv/none', SSL_CERT_DIR: '/srv/none' })).toBe(0);
});
