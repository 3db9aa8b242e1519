import { describe, expect, test } from '@jest/globals';
import {
  beyondBundle,
  systemCertificates,
} from '../../../../../src/core/trust/diagnosis/system-certificates.js';

const USUAL = ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/cert.pem'];
const block = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;

describe('where Go looks for the system’s certificates', () => {
  test.each<[Record<string, string>, readonly string[], readonly string[], readonly string[]]>([
    [{}, USUAL, ['/etc/ssl/certs', '/etc/pki/tls/certs'], []],
    [{ SSL_CERT_FILE: '', SSL_CERT_DIR: '' }, USUAL, ['/etc/ssl/certs', '/etc/pki/tls/certs'], []],
    [
      { SSL_CERT_FILE: '/x.pem' },
      ['/x.pem'],
      ['/etc/ssl/certs', '/etc/pki/tls/certs'],
      ['SSL_CERT_FILE=/x.pem'],
    ],
    [{ SSL_CERT_DIR: '/a:/b' }, USUAL, ['/a', '/b'], ['SSL_CERT_DIR=/a:/b']],
  ])('%j', (environment, files, folders, byVariables) => {
    const found = systemCertificates(new Map(Object.entries(environment)), USUAL);
    expect(found).toEqual({ files, folders, byVariables });
  });
});

test('of the folders counts what the bundle has not, wherever a file ends', () => {
  const bundle = block('one') + block('two');
  const more = [block('one'), block('two').trim(), block('three'), block('one') + block('four')];
  expect(beyondBundle(bundle, [...more, '', 'no certificate'])).toEqual(more.slice(2));
});
