import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { useHostProgram } from './support/host-program.js';

const KEY_TYPES = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096', 'ed25519'];
const NAME = 'registry.example.com';

describe('certificates in the eyes of other programs', () => {
  const { folder, run, certs } = useHostProgram(
    ...['openssl', 'gnutls-bin', 'openjdk-17-jre-headless'],
  );
  const openssl = (pki: string, ...more: string[]) =>
    run(
      'openssl',
      ...['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', `${pki}/ca.crt`],
      ...['-untrusted', `${pki}/out/${NAME}.fullchain.crt`, ...more, `${pki}/out/${NAME}.crt`],
    );

  describe.each(KEY_TYPES)('%s', (type) => {
    beforeAll(async () => {
      const subject = ['--subject', 'O=示例公司'];
      await certs('init', '--pki', type, '--intermediate', '--key-type', type, ...subject);
      const names = [
        '--domain',
        NAME,
        '--domain',
        '*.example.com',
        '--ip',
        '192.0.2.10',
        '--ip',
        '2001:db8::1',
      ];
      await certs(
        'issue',
        '--pki',
        type,
        '--key-type',
        type,
        ...subject,
        ...names,
        '--out',
        `${type}/out`,
      );
    });

    test('openssl accepts the chain at its strictest, by name and by address', async () => {
      for (const check of [
        ['-verify_hostname', NAME],
        ['-verify_hostname', 'any.example.com'],
        ['-verify_ip', '192.0.2.10'],
        ['-verify_ip', '2001:db8::1'],
      ]) {
        expect((await openssl(type, ...check)).stdout).toBe(`${type}/out/${NAME}.crt: OK`);
      }
      expect((await openssl(type, '-verify_hostname', 'example.org')).exitCode).not.toBe(0);
    });

    test('GnuTLS accepts the chain, by name', async () => {
      const chain = ['--infile', `${type}/out/${NAME}.fullchain.crt`];
      const verify = ['--verify', '--load-ca-certificate', `${type}/ca.crt`, ...chain];
      const named = (host: string) => run('certtool', ...verify, '--verify-hostname', host);
      expect((await named(NAME)).all).toContain('The certificate is trusted.');
      expect((await named('example.org')).exitCode).not.toBe(0);
    });

    test('the Chinese organisation reads the same in openssl and in Node', async () => {
      const argv = [
        'x509',
        '-noout',
        '-subject',
        '-nameopt',
        'utf8',
        '-in',
        `${type}/out/${NAME}.crt`,
      ];
      expect((await run('openssl', ...argv)).stdout).toContain('O=示例公司');
      const pem = await readFile(join(folder(), `${type}/out/${NAME}.crt`));
      expect(new X509Certificate(pem).subject).toContain('O=示例公司');
    });

    test('Java opens it as PKCS#12', async () => {
      const out = `${type}/r.p12`;
      await run('sh', '-c', 'echo secret-1 >pass');
      await certs(
        'export',
        NAME,
        '--pki',
        type,
        '--format',
        'p12',
        '--out',
        out,
        '--passphrase-file',
        'pass',
      );
      const list = ['-list', '-keystore', out, '-storetype', 'PKCS12', '-storepass'];
      expect((await run('keytool', ...list, 'secret-1')).stdout).toContain('PrivateKeyEntry');
      expect((await run('keytool', ...list, 'secret-2')).exitCode).not.toBe(0);
      const dump = await run('openssl', 'pkcs12', '-in', out, '-nodes', '-passin', 'pass:secret-1');
      expect(dump.stdout.match(/BEGIN CERTIFICATE/gu)).toHaveLength(3);
    });

    test('openssl refuses it once it is revoked', async () => {
      await certs('revoke', NAME, '--pki', type, '--reason', 'key-compromise');
      const checked = await openssl(
        type,
        '-partial_chain',
        '-crl_check',
        '-CRLfile',
        `${type}/crl.pem`,
      );
      expect(checked.all).toContain('certificate revoked');
    });
  });

  test('openssl enforces name constraints, addresses among them', async () => {
    await certs('init', '--pki', 'narrow', '--permit', 'example.com');
    await expect(certs('issue', '--pki', 'narrow', '--domain', 'example.org')).rejects.toThrow(
      /may not sign/u,
    );
    for (const [name, san] of [
      ['domain', 'DNS:example.org'],
      ['address', 'IP:192.0.2.1'],
    ] as const) {
      const request = [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '9',
      ];
      const signed = ['-CA', 'narrow/ca.crt', '-CAkey', 'narrow/ca.key', '-subj', `/CN=${name}`];
      const extensions = [
        '-addext',
        `subjectAltName=${san}`,
        '-addext',
        'basicConstraints=critical,CA:FALSE',
      ];
      await run(
        'openssl',
        ...request,
        ...signed,
        ...extensions,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.crt`,
      );
      const verified = await run('openssl', 'verify', '-CAfile', 'narrow/ca.crt', `${name}.crt`);
      expect(verified.all).toMatch(/(?:permitted|excluded) subtree violation/u);
    }
  });

  test('32 at the same time get 32 serials and leave an index that is whole', async () => {
    await certs('init', '--pki', 'many');
    const names = Array.from({ length: 32 }, (_, i) => `n${i}.example.com`);
    await Promise.all(
      names.map((name) =>
        certs('issue', '--pki', 'many', '--domain', name, '--lock-timeout', '120'),
      ),
    );
    const index = JSON.parse(await readFile(join(folder(), 'many/index.json'), 'utf8')) as {
      name: string;
      serial: string;
    }[];
    expect(index.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(new Set(index.map(({ serial }) => serial)).size).toBe(32);
  });

  test('renewals at the same time bring a copy that lags up to date once, and none fails', async () => {
    const put = ['--domain', NAME, '--out', 'lag/out'];
    await certs('issue', '--init', '--pki', 'lag', ...put);
    await run('cp', '-a', 'lag/out', 'before');
    await certs('renew', NAME, '--pki', 'lag');
    await run('cp', '-aT', 'before', 'lag/out');
    const due = ['renew', '--due', '--pki', 'lag', '--lock-timeout', '120', '--json'];
    const answers = await Promise.all(Array.from({ length: 4 }, () => certs(...due)));
    const placed = answers.flatMap(
      (answer) => (JSON.parse(answer) as { data: { placed: string[] } }).data.placed,
    );
    expect(placed.map((path) => path.replace(/.*\.com\./u, '')).sort()).toEqual([
      'crt',
      'fullchain.crt',
      'key',
    ]);
  });
});
