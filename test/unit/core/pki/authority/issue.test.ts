import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parsePermit } from '../../../../../src/core/pki/x509/constraints.js';
import type { Signer } from '../../../../../src/core/pki/authority/issue.js';
import { KEY_TYPE_NAMES } from '../../../../../src/core/pki/keys/key-type.js';
import { OID } from '../../../../../src/core/pki/asn1/oid.js';
import { isIssuedBy } from '../../../../../src/core/pki/x509/read-certificate.js';
import { inDays, makeLeaf, makeSigner, NOW } from '../../../../support/authority.js';

let signer: Signer;
beforeAll(async () => {
  signer = await makeSigner({
    subject: [
      ['O', '示例公司'],
      ['CN', 'Test Root'],
    ],
  });
});

describe('a root', () => {
  test('says what strict clients want of one, and no more', () => {
    const { certificate } = signer;
    expect(certificate).toMatchObject({
      version: 3,
      isAuthority: true,
      pathLength: 0,
      keyUsage: ['keyCertSign', 'cRLSign'],
      extendedKeyUsage: null,
      authorityKeyId: null,
      notBefore: NOW - 3_600_000,
      notAfter: inDays(3650) - 3_601_000,
    });
    expect(Object.fromEntries(certificate.extensions)).toEqual({
      [OID.basicConstraints]: true,
      [OID.keyUsage]: true,
      [OID.subjectKeyIdentifier]: false,
    });
  });

  test('carries a Chinese organisation in the eyes of Node too', () => {
    expect(new X509Certificate(signer.certificate.der).subject).toContain('O=示例公司');
    expect(signer.certificate.subject).toContainEqual(['O', '示例公司']);
  });

  test('ends beyond 2049 where asked to', async () => {
    const { certificate } = await makeSigner({ days: 36_500 });
    expect(new Date(new X509Certificate(certificate.der).validTo).getTime()).toBe(
      certificate.notAfter,
    );
  });
});

describe('a server certificate', () => {
  test('says what every strict client wants to read', async () => {
    const { certificate } = await makeLeaf(signer, {
      domains: ['registry.example.com', '192.0.2.10'],
    });
    expect(certificate).toMatchObject({
      version: 3,
      subject: [['CN', 'registry.example.com']],
      isAuthority: false,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['server'],
      authorityKeyId: signer.certificate.subjectKeyId,
      notBefore: NOW - 3_600_000,
      notAfter: inDays(397) - 3_601_000,
      names: [
        { kind: 'dns', value: 'registry.example.com' },
        { kind: 'ip', value: '192.0.2.10' },
      ],
    });
    expect(Object.fromEntries(certificate.extensions)).toEqual({
      [OID.basicConstraints]: true,
      [OID.keyUsage]: true,
      [OID.extendedKeyUsage]: false,
      [OID.subjectKeyIdentifier]: false,
      [OID.authorityKeyIdentifier]: false,
      [OID.subjectAltName]: false,
    });
    const x509 = new X509Certificate(certificate.der);
    expect(x509.checkIP('192.0.2.10')).toBe('192.0.2.10');
    expect(x509.checkHost('registry.example.com')).toBe('registry.example.com');
    expect(x509.checkIssued(new X509Certificate(signer.certificate.der))).toBe(true);
  });

  test.each(KEY_TYPE_NAMES)(
    'of type %s is signed by an authority of the same type',
    async (keyType) => {
      const own = await makeSigner({ keyType });
      const { certificate } = await makeLeaf(own, { keyType });
      expect(certificate.keyType).toBe(keyType);
      expect(isIssuedBy(certificate, own.certificate)).toBe(true);
      const transport = keyType.startsWith('rsa') ? ['keyEncipherment'] : [];
      expect(certificate.keyUsage).toEqual(['digitalSignature', ...transport]);
    },
    60_000,
  );

  test('with a name too long for a common name has none, and critical alternative names', async () => {
    const long = `${'a'.repeat(60)}.example.com`;
    const { certificate } = await makeLeaf(signer, { domains: [long] });
    expect(certificate.subject).toEqual([]);
    expect(certificate.extensions.get(OID.subjectAltName)).toBe(true);
  });

  test('is cut to the end of its authority, with a note', async () => {
    const short = await makeSigner({ days: 30 });
    const { certificate, notes } = await makeLeaf(short);
    expect(certificate.notAfter).toBe(short.certificate.notAfter);
    expect(notes).toEqual([expect.stringContaining('ends with its authority on 2026-12-21')]);
  });

  test('is warned of beyond the 825 days of Apple', async () => {
    expect((await makeLeaf(signer, { days: 826 })).notes).toEqual([expect.stringContaining('825')]);
    expect((await makeLeaf(signer, { days: 825 })).notes).toEqual([]);
  });

  test('is never signed outside the constraints of its authority', async () => {
    const narrow = await makeSigner({ constraints: parsePermit(['example.com']) });
    await expect(makeLeaf(narrow, { domains: ['example.org'] })).rejects.toMatchObject({
      code: 'invalid-value',
      message: expect.stringContaining('dns:example.org'),
    });
  });

  test.each([0, -1, 1.5, 40_000, NaN])('cannot be valid for %p days', async (days) => {
    await expect(makeLeaf(signer, { days })).rejects.toMatchObject({ code: 'invalid-value' });
  });

  test('asked to outlive its authority is refused, with the days that are left', async () => {
    const short = await makeSigner({ days: 30 });
    await expect(makeLeaf(short, { days: 31, explicitDays: true })).rejects.toMatchObject({
      code: 'invalid-value',
      hint: expect.stringContaining('--days 29'),
    });
  });

  test.each([
    ['an expired authority', inDays(3651)],
    ['an authority of the future', inDays(-2)],
  ])('is not signed by %s', async (_, now) => {
    await expect(makeLeaf(signer, { now })).rejects.toMatchObject({ code: 'invalid-certificate' });
  });

  test('never has the subject of its authority, which Java refuses', async () => {
    const { subject } = signer.certificate;
    await expect(makeLeaf(signer, { subject })).rejects.toThrow(/Java/u);
  });
});

test('a thousand keys and certificates are made without a deadlock of Node 20', async () => {
  for (let count = 0; count < 1000; count += 1) await makeLeaf(signer);
  expect((await makeLeaf(signer)).certificate.keyType).toBe('ecdsa-p256');
}, 60_000);
