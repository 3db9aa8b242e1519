import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  certificateFile,
  entryOf,
  entryOfIssued,
  formatIndex,
  keyFile,
  parseIndex,
  placeOf,
  revocationsIn,
  statusOf,
  withRevocations,
  type CertificateEntry,
} from '../../../../../src/core/pki/authority/entry.js';
import { issueLeaf } from '../../../../../src/core/pki/authority/issue.js';
import { KEY_TYPES } from '../../../../../src/core/pki/keys/key-type.js';
import type { Revocation } from '../../../../../src/core/pki/x509/crl.js';
import { parseNames } from '../../../../../src/core/pki/x509/names.js';
import { readCertificate } from '../../../../../src/core/pki/x509/read-certificate.js';
import { entropy, makeSigner, NOW } from '../../../../support/authority.js';

const { spki } = await KEY_TYPES['ecdsa-p256'].generate();
const issued = issueLeaf(
  {
    names: parseNames({ domains: ['a.test'], ips: ['192.0.2.1'], emails: [], uris: [] }).names,
    ...{ subject: [], usages: ['server', 'client'], now: NOW, days: 30, explicitDays: false, spki },
  },
  await makeSigner(),
  entropy(),
);
const certificate = readCertificate(issued.der, 'leaf');
const ENTRY = entryOf(certificate, { name: 'a', place: 'current', keyIsOurs: true });
const OLD: CertificateEntry = { ...ENTRY, place: 'superseded' };

test('what the index has of a certificate can be read from it, and is the same without reading it', () => {
  expect(ENTRY).toEqual({
    ...{ name: 'a', place: 'current', keyIsOurs: true, keyType: 'ecdsa-p256' },
    names: ['dns:a.test', 'ip:192.0.2.1'],
    usages: ['server', 'client'],
    serial: certificate.serial,
    notBefore: NOW - 3_600_000,
    notAfter: NOW - 3_600_000 + 30 * 86_400_000 - 1000,
    fingerprint: createHash('sha256').update(issued.der).digest('hex'),
  });
  expect(entryOfIssued(issued, { name: 'a', keyType: 'ecdsa-p256', keyIsOurs: true })).toEqual(
    ENTRY,
  );
});

test('files lie by their place, and tell it', () => {
  expect([certificateFile(ENTRY), keyFile(ENTRY)]).toEqual(['certs/a.crt', 'certs/a.key']);
  expect(certificateFile(OLD)).toBe(`old/a.${ENTRY.serial}.crt`);
  expect(placeOf('certs/a.b.crt')).toEqual({ name: 'a.b', place: 'current' });
  expect(placeOf(certificateFile(OLD))).toEqual({ name: 'a', place: 'superseded' });
  for (const other of ['certs/a.key', 'old/a.crt', 'ca.crt', 'index.json'])
    expect(placeOf(other)).toBeNull();
});

describe('the index', () => {
  test('has a line an entry, and is read back', () => {
    const revoked = { at: NOW, reason: 'superseded' } as const;
    const text = formatIndex([ENTRY, { ...OLD, revoked }]);
    expect(text.split('\n')).toHaveLength(5);
    expect(parseIndex(text)).toEqual([ENTRY, { ...OLD, revoked }]);
    expect(parseIndex(formatIndex([]))).toEqual([]);
  });

  test.each([
    ['cut', '[{"name":'],
    ['no list', '{}'],
    ['of another place', JSON.stringify([{ ...ENTRY, place: 'here' }])],
    ['without a serial', JSON.stringify([{ ...ENTRY, serial: 5 }])],
    ['without an end', JSON.stringify([{ ...ENTRY, notAfter: null }])],
    [
      'revoked for no reason that there is',
      JSON.stringify([{ ...ENTRY, revoked: { at: 1, reason: 'x' } }]),
    ],
    ['with null in it', '[null]'],
  ])('%s is none', (_, text) => {
    expect(parseIndex(text)).toBeNull();
  });
});

describe('a revocation', () => {
  const revocation: Revocation = { serial: ENTRY.serial, at: NOW, reason: 'key-compromise' };
  const revoked = new Map([[ENTRY.serial, revocation]]);

  test('is in the entry too, and found there should the list be lost', () => {
    const entries = withRevocations([ENTRY, { ...ENTRY, serial: '40' }], revoked);
    expect(revocationsIn(entries)).toEqual([...revoked.values()]);
    expect(entries[1]).not.toHaveProperty('revoked');
  });

  test('counts before all else; then a newer one; then the time, its last second included', () => {
    const status = (entry: CertificateEntry, now: number, all: typeof revoked = new Map()) =>
      statusOf(entry, { revoked: all, now });
    const { notAfter } = ENTRY;
    expect(status(OLD, notAfter + 1, revoked)).toBe('revoked');
    expect(status(OLD, notAfter + 1)).toBe('superseded');
    expect(status(ENTRY, notAfter + 1)).toBe('expired');
    expect(status(ENTRY, notAfter)).toBe('valid');
  });
});
