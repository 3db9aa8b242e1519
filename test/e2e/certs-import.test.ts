import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useHostProgram } from './support/host-program.js';

const NAME = 'registry.example.com';
const NO_KEY_USAGE = 'no key usage, like those of the Harbor guide';
const NOT_CRITICAL = 'basicConstraints are not critical, like those of easy-rsa';

/** How an authority comes about with each tool, and its first certificate, `old.crt`. */
const MAKERS = [
  {
    maker: "the Harbor guide's openssl commands",
    script: `
      openssl genrsa -out ca.key 4096
      openssl req -x509 -new -nodes -sha512 -days 3650 -subj '/C=CN/O=example/CN=MyPersonal Root CA' -key ca.key -out ca.crt
      openssl req -newkey rsa:2048 -nodes -keyout old.key -subj /CN=${NAME} -addext subjectAltName=DNS:${NAME} -out old.csr
      openssl x509 -req -in old.csr -CA ca.crt -CAkey ca.key -CAcreateserial -copy_extensions copy -days 365 -out old.crt
    `,
    cert: 'ca.crt',
    key: 'ca.key',
    passphrase: null,
    fault: NO_KEY_USAGE,
  },
  {
    maker: 'mkcert',
    script: `CAROOT=. TRUST_STORES=none mkcert -cert-file old.crt -key-file old.key ${NAME}`,
    cert: 'rootCA.pem',
    key: 'rootCA-key.pem',
    passphrase: null,
    fault: null,
  },
  {
    maker: 'easy-rsa',
    script: `
      easyrsa() { EASYRSA_BATCH=1 /usr/share/easy-rsa/easyrsa --pki-dir=pki "$@"; }
      easyrsa init-pki
      easyrsa build-ca nopass
      easyrsa --subject-alt-name=DNS:${NAME} build-server-full old nopass
      cp pki/issued/old.crt old.crt
    `,
    cert: 'pki/ca.crt',
    key: 'pki/private/ca.key',
    passphrase: null,
    fault: NOT_CRITICAL,
  },
  {
    maker: 'easy-rsa, with a passphrase and elliptic curves',
    // openssl takes the first line to open a key, the second to lock one.
    script: `
      printf 'geheim\\ngeheim\\n' >pass
      export EASYRSA_BATCH=1 EASYRSA_ALGO=ec EASYRSA_CURVE=prime256v1
      easyrsa() { /usr/share/easy-rsa/easyrsa --pki-dir=pki --passin=file:pass --passout=file:pass "$@"; }
      easyrsa init-pki
      easyrsa build-ca
      easyrsa --subject-alt-name=DNS:${NAME} build-server-full old nopass
      cp pki/issued/old.crt old.crt
    `,
    cert: 'pki/ca.crt',
    key: 'pki/private/ca.key',
    passphrase: 'pass',
    fault: NOT_CRITICAL,
  },
];

describe.each(MAKERS)('an authority made by $maker', ({ script, cert, key, fault, ...more }) => {
  const here = useHostProgram('openssl', 'mkcert', 'easy-rsa');
  const passphrase = more.passphrase === null ? [] : ['--passphrase-file', more.passphrase];
  const text = (file: string) => readFile(join(here.folder(), file), 'utf8');
  let imported = '';
  beforeAll(async () => {
    const made = await here.run('bash', '-euc', script);
    if (made.exitCode !== 0) throw new Error(made.all);
    const files = ['--cert', cert, '--key', key, ...passphrase];
    imported = await here.certs('import', '--pki', 'ours', ...files);
  });

  test('is told the faults that strict clients find in it, and no others', () => {
    if (fault === null) expect(imported).not.toContain('Note:');
    else expect(imported).toContain(fault);
  });

  test('keeps its certificate, and its key as locked as it was', async () => {
    expect((await text('ours/ca.crt')).trim()).toBe(pemOf(await text(cert)));
    expect((await text('ours/ca.key')).includes('ENCRYPTED')).toBe(more.passphrase !== null);
  });

  test('signs what openssl accepts for whoever trusts it', async () => {
    const where = ['--pki', 'ours', '--domain', NAME, '--out', 'out'];
    await here.certs('issue', ...where, ...passphrase);
    const strict = fault === null ? ['-x509_strict'] : [];
    const verify = ['verify', ...strict, '-purpose', 'sslserver', '-verify_hostname', NAME];
    const { all } = await here.run('openssl', ...verify, '-CAfile', cert, `out/${NAME}.crt`);
    expect(all).toBe(`out/${NAME}.crt: OK`);
  });

  test('still vouches for what it signed before', async () => {
    const { stdout } = await here.dockerctl(
      ...['certs', 'verify', 'old.crt', '--pki', 'ours', '--host', NAME, '--json'],
    );
    const { data } = JSON.parse(stdout) as { data: { findings: { code: string }[] } };
    const codes = data.findings.map(({ code }) => code);
    expect(codes).not.toContain('certificate-unknown-authority');
    expect(codes).not.toContain('certificate-name-mismatch');
  });
});

/** The last block of a file with text before it, as easy-rsa writes them. */
const pemOf = (file: string): string => file.slice(file.lastIndexOf('-----BEGIN')).trim();
