import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pemBlocks, toPem } from '../../../../../src/core/pki/keys/pem.js';
import { buildPkcs12 } from '../../../../../src/core/pki/keys/pkcs12.js';
import { CA, derOf, issue, type Issued, server } from '../../../../support/openssl.js';

const folder = mkdtempSync(join(tmpdir(), 'pkcs12-'));
let chain: readonly Issued[] = [];
beforeAll(() => {
  const root = issue(folder, { cn: 'root', extensions: CA });
  chain = [issue(folder, { cn: 'a.test', extensions: server('DNS:a.test'), by: root }), root];
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const build = (passphrase: string, name = 'a.test') =>
  buildPkcs12(
    {
      name,
      key: pemBlocks(chain[0]?.key ?? '')[0]?.der ?? Buffer.alloc(0),
      chain: chain.map(({ cert }) => derOf(cert)),
    },
    { passphrase, random: randomBytes(80) },
  );
const opened = (pfx: Buffer, passphrase: string, ...argv: string[]) =>
  execFileSync('openssl', ['pkcs12', '-passin', 'env:PASS', ...argv], {
    ...{ input: pfx, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] },
    env: { ...process.env, PASS: passphrase },
  });

test('openssl finds key and chain, under their name', () => {
  const text = opened(build('secret', 'é中'), 'secret', '-nodes');
  const labels = pemBlocks(text).map(({ label }) => label);
  expect(labels.toSorted()).toEqual(['CERTIFICATE', 'CERTIFICATE', 'PRIVATE KEY']);
  const certificates = pemBlocks(text).filter(({ label }) => label === 'CERTIFICATE');
  expect(certificates.map(({ der }) => der)).toEqual(chain.map(({ cert }) => derOf(cert)));
  expect(text).toContain('localKeyID');
});

test('its parts are under AES-256, and it is sealed by SHA-256', () => {
  const information = execFileSync(
    'sh',
    ['-c', 'openssl pkcs12 -info -noout -passin pass:secret 2>&1'],
    { input: build('secret'), encoding: 'utf8' },
  );
  expect(information).toMatch(/MAC: sha256, Iteration 600000/);
  expect(information.match(/PBES2, PBKDF2, AES-256-CBC, Iteration 600000/g)).toHaveLength(2);
});

test('another passphrase does not open it', () => {
  expect(() => opened(build('secret'), 'other', '-noout')).toThrow();
});

test('a byte that is another breaks the seal', () => {
  const pfx = build('secret');
  const at = Math.floor(pfx.length / 2);
  pfx[at] = (pfx[at] ?? 0) ^ 1;
  expect(() => opened(pfx, 'secret', '-noout')).toThrow();
});

test('a chain of one, and a key that OpenSSL has made', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = privateKey.export({ type: 'pkcs8', format: 'der' });
  const pfx = buildPkcs12(
    { name: 'x', key, chain: [derOf(chain[1]?.cert ?? '')] },
    { passphrase: '', random: randomBytes(80) },
  );
  expect(opened(pfx, '', '-nodes', '-nocerts')).toContain(toPem('PRIVATE KEY', key));
});
