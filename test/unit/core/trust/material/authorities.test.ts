import { beforeAll, describe, expect, test } from '@jest/globals';
import { readAuthorities } from '../../../../../src/core/trust/material/authorities.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { CA, derOf, issue, server, type Issued } from '../../../../support/openssl.js';
import { refusalOf } from '../../../../support/refusal.js';

const now = Date.now();
const given = (bytes: string | Uint8Array, name = 'file.pem') => ({
  name,
  bytes: Buffer.from(bytes),
});

let root: Issued, sha1: Issued, expired: Issued, future: Issued, middle: Issued;
let leaf: Issued, selfSigned: Issued;

beforeAll(() => {
  const folder = temporaryFolder();
  const make = (options: Parameters<typeof issue>[1]): Issued => issue(folder, options);
  root = make({ cn: 'Root', extensions: CA });
  sha1 = make({ cn: 'Old Root', extensions: CA, digest: 'sha1' });
  expired = make({ cn: 'Expired Root', extensions: CA, from: -10, until: -2 });
  future = make({ cn: 'Future Root', extensions: CA, from: 5 });
  middle = make({ cn: 'Middle', extensions: CA, by: root });
  leaf = make({ cn: 'reg.example', extensions: server('DNS:reg.example'), by: root });
  selfSigned = make({ cn: 'reg.example', extensions: server('DNS:reg.example') });
});

const errorOf = (task: () => unknown) => refusalOf('invalid-certificate', task);

describe('readAuthorities', () => {
  test('keeps a root as it is and says nothing', () => {
    expect(readAuthorities(given(root.cert), now)).toEqual({ pem: root.cert, notes: [] });
  });

  test('converts DER', () => {
    expect(readAuthorities(given(derOf(root.cert)), now)).toEqual({ pem: root.cert, notes: [] });
  });

  test('takes each certificate of a bundle once, between any text and line ends', () => {
    const bundle = `Root\r\n${root.cert.replaceAll('\n', '\r\n')}# again\n${root.cert}${sha1.cert}`;
    expect(readAuthorities(given(bundle), now).pem).toBe(root.cert + sha1.cert);
  });

  test('takes a root of version 1, which has no place to say that it is a CA', () => {
    expect(readAuthorities(given(VERSION_1), now).pem).toBe(VERSION_1);
  });

  test.each<[string, () => string, () => string, RegExp]>([
    [
      'a leaf beside its CA',
      () => leaf.cert + root.cert,
      () => root.cert,
      /left out of file\.pem: CN=reg\.example, a server/,
    ],
    [
      'an expired CA beside a good one',
      () => expired.cert + root.cert,
      () => root.cert,
      /CN=Expired Root, which expired on \d{4}-/,
    ],
    ['a SHA-1 root', () => sha1.cert, () => sha1.cert, /Old Root is signed with SHA-1/],
    ['a CA of the future', () => future.cert, () => future.cert, /valid only from .* clock/],
    [
      'an intermediate without its root',
      () => leaf.cert + middle.cert,
      () => middle.cert,
      /holds no root/,
    ],
  ])('remarks on %s', (...[, input, pem, note]) => {
    const result = readAuthorities(given(input()), now);
    expect(result.pem).toBe(pem());
    expect(result.notes.join('\n')).toMatch(note);
  });

  test.each<[string, () => string | Uint8Array, RegExp, RegExp]>([
    [
      'a leaf',
      () => leaf.cert,
      /no certificate authority: CN=reg\.example .*signed by CN=Root/,
      /CN=Root.*--fetch/,
    ],
    ['a self-signed leaf', () => selfSigned.cert, /signed itself/, /certs init/],
    ['an expired CA', () => expired.cert, /expired on/, /timedatectl/],
    ['nothing', () => '', /is empty/, /head -n 3/],
    ['text', () => 'hello', /no certificate/, /head -n 3/],
    [
      '10 MB of garbage',
      () => Buffer.alloc(10_000_000, 'MIIB-----BEGIN '),
      /10000000 bytes/,
      /head -n 3/,
    ],
    [
      '4 MB of dashes',
      () => '-----BEGIN CERTIFICATE-----'.repeat(150_000),
      /certificate 1 of 150000, from line 1.*END CERTIFICATE is missing/,
      /sed -n/,
    ],
    ['a key', () => root.key, /private key/, /certificate of the authority/],
    [
      'a certificate with its key',
      () => root.cert + root.key,
      /private key/,
      /take the certificates out/,
    ],
    ['a cut certificate', () => root.cert.slice(0, 200), /END CERTIFICATE is missing/, /sed -n/],
    ['half of a DER', () => derOf(root.cert).subarray(0, 100), /cut off or damaged/, /head -n 3/],
    [
      'a request',
      () => '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n',
      /holds a certificate request/,
      /certificate of the authority/,
    ],
  ])('refuses %s', (...[, input, message, hint]) => {
    const error = errorOf(() => readAuthorities(given(input()), now));
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });
});

describe('a certificate that OpenSSL takes, and that is none', () => {
  const broken = (from: RegExp, to: string): Buffer => {
    const hex = derOf(root.cert).toString('hex');
    expect(hex).toMatch(from);
    return Buffer.from(hex.replace(from, to), 'hex');
  };

  test.each([
    // The Z at the end of the second UTCTime.
    ['whose dates are none', /(170d(?:3\d){12})5a(?=30)/, '$100'],
    // The uncompressed point of its P-256 key.
    ['whose key is no point of its curve', /03420004/, '034200ff'],
  ])('%s is refused', (_, from, to) => {
    expect(() => readAuthorities(given(broken(from, to)), now)).toThrow(
      expect.objectContaining({ code: 'invalid-certificate' }),
    );
  });
});

/** OpenSSL 3.5 writes no certificate of version 1 any more. */
const VERSION_1 = `-----BEGIN CERTIFICATE-----
MIIBLzCB1QIUVucsqRv6gYjwFnd1amqxllB/Q+8wCgYIKoZIzj0EAwIwGTEXMBUG
A1UEAwwOVmVyc2lvbiAxIFJvb3QwIBcNMjYxMTMwMTQzMDQ2WhgPMjEyNjExMDYx
NDMwNDZaMBkxFzAVBgNVBAMMDlZlcnNpb24gMSBSb290MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEZTPOq2FRWQQCcwiSjouQ+lukhO2kLTQVIG8zC2jEycfjL8tH
2yzYS14z5djqJ9e3hLb7JJOwVeYEtOcAtUrgwzAKBggqhkjOPQQDAgNJADBGAiEA
zDiFdGx3kqHGuP2wAw8ElQjrBvwHg1w110SSWceLwycCIQCyU04FsQ4tcbMunEcN
UWGgiaB708lNDA93uOkMgxBwnQ==
-----END CERTIFICATE-----
`;
