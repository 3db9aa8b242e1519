import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { readSigningRequest } from '../../../../../src/core/pki/x509/csr.js';
import { derOf } from '../../../../support/openssl.js';

const P256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** A request by OpenSSL's own hand. */
function requestOf(
  extensions: readonly string[],
  key: readonly string[] = P256,
  more: string[] = [],
) {
  return execFileSync(
    'openssl',
    [
      ...['req', '-new', '-nodes', '-keyout', '/dev/null', '-subj', '/O=Example/CN=reg.example'],
      ...['-newkey', ...key, ...more],
      ...extensions.flatMap((one) => ['-addext', one]),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
}
const read = (request: string | Uint8Array) => readSigningRequest(Buffer.from(request), 'a.csr');

const REQUEST = requestOf(['subjectAltName=DNS:reg.example,IP:192.0.2.1', 'keyUsage=keyCertSign']);

describe('a request', () => {
  test('is read for its subject, names and key', () => {
    const { subject, names, keyType, spki, notes } = read(REQUEST);
    expect(subject).toEqual([
      ['O', 'Example'],
      ['CN', 'reg.example'],
    ]);
    expect(names).toEqual([
      { kind: 'dns', value: 'reg.example' },
      { kind: 'ip', value: '192.0.2.1' },
    ]);
    expect([keyType, notes]).toEqual(['ecdsa-p256', []]);
    const argv = ['req', '-pubkey', '-noout'];
    const pem = execFileSync('openssl', argv, { input: REQUEST, encoding: 'utf8' });
    expect(Buffer.from(spki)).toEqual(derOf(pem));
  });

  test('in DER, under the label that old Windows writes, or behind other text', () => {
    const whole = read(REQUEST);
    const old = REQUEST.replaceAll('CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST');
    for (const same of [derOf(REQUEST), old, `Subject: x\n${REQUEST}`])
      expect(read(same)).toMatchObject({ names: whole.names, spki: whole.spki });
  });

  test('without any extension asks for none', () => {
    expect(read(requestOf([]))).toMatchObject({ names: [], notes: [] });
  });

  test('what it may not ask for is left out, and told', () => {
    const { notes } = read(requestOf(['1.2.3.4=ASN1:UTF8String:x', 'subjectAltName=DNS:a.test']));
    expect(notes).toEqual([expect.stringContaining('1.2.3.4 is not on the list')]);
  });
});

describe('is refused', () => {
  const damaged = (edit: (der: Buffer) => void) => {
    const der = Buffer.from(derOf(REQUEST));
    edit(der);
    return der;
  };

  test.each<[string, () => string | Uint8Array, string]>([
    [
      'whose signature was changed',
      () => damaged((der) => (der[der.length - 1]! ^= 1)),
      'its signature is wrong',
    ],
    [
      'whose names were changed',
      () => damaged((der) => der.write('rex', der.indexOf('reg.example'))),
      'its signature is wrong',
    ],
    ['signed with SHA-1', () => requestOf([], P256, ['-sha1']), 'its signature uses SHA-1'],
    [
      'signed with MD5',
      () => requestOf([], ['rsa:2048'], ['-md5']),
      'of a kind that is not accepted',
    ],
    ['with a short RSA key', () => requestOf([], ['rsa:1024']), 'its key is too weak (rsa-1024)'],
    [
      'with a key on a curve that clients do not know',
      () => requestOf([], ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1']),
      'no key of its kind',
    ],
    [
      'that asks to be an authority',
      () => requestOf(['basicConstraints=CA:TRUE']),
      'basicConstraints CA:TRUE',
    ],
    [
      'with bytes behind it',
      () => Buffer.concat([derOf(REQUEST), Buffer.from([0])]),
      'a.csr is refused',
    ],
    [
      'whose length is not in its shortest form',
      () => Buffer.concat([Buffer.of(0x30, 0x83, 0), derOf(REQUEST).subarray(2)]),
      'a.csr is refused',
    ],
    ['that is cut', () => derOf(REQUEST).subarray(0, 40), 'a.csr is refused'],
    [
      'that is a certificate',
      () => '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n',
      'it holds a certificate',
    ],
    ['that is nothing', () => '', 'a.csr is refused'],
  ])('one %s', (_, request, reason) => {
    expect(() => read(request())).toThrow(
      expect.objectContaining({
        code: 'invalid-certificate',
        message: expect.stringContaining(reason),
      }),
    );
  });
});
