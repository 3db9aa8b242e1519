import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useHostProgram } from './support/host-program.js';
import { visit, whileServing } from './support/tls.js';

const KEY_TYPES = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'];
const NAME = 'registry.example.com';
const script = (name: string) => fileURLToPath(new URL(`support/clients/${name}`, import.meta.url));

/** Programs that shake hands with a server for a name, trusting one authority; exit 0 when they accept it. */
const CLIENTS: readonly (readonly [
  string,
  (ca: string, port: number, name: string) => string[],
])[] = [
  [
    'openssl s_client, strict',
    (ca, port, name) => [
      ...['openssl', 's_client', '-connect', `127.0.0.1:${port}`, '-servername', name],
      ...['-x509_strict', '-verify_return_error', '-verify_hostname', name, '-CAfile', ca],
    ],
  ],
  [
    'gnutls-cli',
    (ca, port, name) => [
      ...['gnutls-cli', '--x509cafile', ca, '--sni-hostname', name, '--verify-hostname', name],
      ...['-p', `${port}`, '127.0.0.1'],
    ],
  ],
  [
    'Python, strict as since 3.13',
    (ca, port, name) => ['/usr/bin/python3', script('strict.py'), ca, `${port}`, name],
  ],
  ['Java', (ca, port, name) => ['java', script('Jsse.java'), ca, `${port}`, name]],
];

describe.each(KEY_TYPES)('a server with an authority and a certificate of %s', (type) => {
  const { folder, run, certs } = useHostProgram(
    ...['openssl', 'gnutls-bin', 'python3', 'openjdk-17-jdk-headless', 'libnss3-tools', 'botan'],
  );
  const at = (file: string) => join(folder(), file);
  const server = () => ({ chain: at(`out/${NAME}.fullchain.crt`), key: at(`out/${NAME}.key`) });
  beforeAll(async () => {
    const ours = ['--pki', 'ours', '--key-type', type];
    await certs('init', ...ours, '--intermediate');
    await certs('issue', ...ours, '--domain', NAME, '--ip', '127.0.0.1', '--out', 'out');
  });

  test.each(CLIENTS)('is accepted by %s, and refused under another name', async (_, argv) => {
    await whileServing(server(), async (port) => {
      const as = async (name: string) => {
        const [program = '', ...rest] = argv(at('out/ca.crt'), port, name);
        return run(program, ...rest);
      };
      const accepted = await as(NAME);
      expect([accepted.exitCode, accepted.all]).toEqual([0, accepted.all]);
      expect((await as('registry.example.org')).exitCode).not.toBe(0);
    });
  });

  test("is accepted by Node's tls, by name and by address, for the authority alone", async () => {
    await whileServing(server(), async (port) => {
      const met = (ca: string | null, host: string) => visit({ port, ca, host });
      expect(await met(at('out/ca.crt'), NAME)).toBe('OK');
      expect(await met(at('out/ca.crt'), '127.0.0.1')).toBe('OK');
      expect(await met(at('out/ca.crt'), 'example.org')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
      expect(await met(null, NAME)).toBe('UNABLE_TO_GET_ISSUER_CERT_LOCALLY');
    });
  });

  test('is accepted by Botan', async () => {
    const chain = [`out/${NAME}.crt`, 'ours/intermediate.crt', 'ours/ca.crt'];
    expect((await run('botan', 'cert_verify', ...chain)).stdout).toContain('passes validation');
  });

  // When NSS can load Ed25519, the warning in key-type.ts changes.
  test(type === 'ed25519' ? 'cannot be loaded by NSS' : 'is accepted by NSS', async () => {
    const { all } = await run(
      ...(['bash', '-euc'] as const),
      `mkdir db
       certutil -N -d sql:db --empty-password
       certutil -A -d sql:db -n ca -t C,, -i ours/ca.crt
       certutil -A -d sql:db -n intermediate -t ,, -i ours/intermediate.crt
       certutil -A -d sql:db -n leaf -t ,, -i out/${NAME}.crt
       certutil -V -d sql:db -n leaf -u V -e`,
    );
    expect(all.includes('certificate is valid')).toBe(type !== 'ed25519');
  });
});
