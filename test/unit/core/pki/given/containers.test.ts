import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  isSignedData,
  signedDataCertificates,
} from '../../../../../src/core/pki/given/containers.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { NULL, oid, seq, tlv } from '../../../../support/chains/der.js';
import { CA, derOf, issue } from '../../../../support/openssl.js';

test('the certificates of a PKCS#7 that OpenSSL wrote', () => {
  const folder = temporaryFolder();
  const made = ['One', 'Other'].map((cn) => issue(folder, { cn, extensions: CA }).cert);
  writeFileSync(`${folder}/both.pem`, made.join(''));
  const argv = ['crl2pkcs7', '-nocrl', '-certfile', `${folder}/both.pem`, '-outform', 'DER'];
  const der = execFileSync('openssl', argv);
  const hexes = (all: readonly Buffer[]) => all.map((one) => one.toString('hex')).sort();
  expect(isSignedData(der)).toBe(true);
  expect(hexes(signedDataCertificates(der))).toEqual(hexes(made.map(derOf)));
});

/** RFC 2315 9.1: version, digestAlgorithms, contentInfo, certificates [0] IMPLICIT OPTIONAL, … */
const signedData = (...certificates: readonly Buffer[]) =>
  seq(oid('1.2.840.113549.1.7.2'), tlv(0xa0, seq(NULL, tlv(0x31), seq(), ...certificates)));

test('one without certificates, or with other things among them', () => {
  const one = seq(NULL);
  expect(signedDataCertificates(signedData())).toEqual([]);
  expect(signedDataCertificates(signedData(tlv(0xa0, tlv(0xa1, NULL), one, seq())))).toEqual([one]);
  expect(signedDataCertificates(seq(oid('1.2.840.113549.1.7.2')))).toEqual([]);
});

test.each([
  ['envelopedData', seq(oid('1.2.840.113549.1.7.3'))],
  ['a certificate', seq(seq(NULL))],
  ['no DER', Buffer.from('-----BEGIN')],
  ['nothing', Buffer.of()],
])('%s is none', (_, bytes) => {
  expect(isSignedData(bytes)).toBe(false);
});
