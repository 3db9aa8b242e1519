import { describe, expect, test } from '@jest/globals';
import type { CertificateEntry } from '../../../../../src/core/pki/authority/entry.js';
import {
  foreignPresented,
  issuedByUs,
  judgePresented,
} from '../../../../../src/core/pki/authority/served.js';

const ENTRY: CertificateEntry = {
  ...{ name: 'reg', place: 'current', serial: '4f00000000000000000000000000000a' },
  ...{ names: ['dns:reg.test'], usages: ['server'], keyType: 'ecdsa-p256' },
  ...{ notBefore: Date.UTC(2026, 0, 2), notAfter: Date.UTC(2027, 0, 1), fingerprint: 'aa' },
};
const judged = (entry: CertificateEntry, fingerprint = 'aa') =>
  judgePresented({ server: 'reg.test:5000', fingerprint }, issuedByUs([entry]));

describe('a server that presents', () => {
  test('the one in force, or one of somebody else, is not spoken of', () => {
    expect(judged(ENTRY)).toEqual([]);
    expect(judged({ ...ENTRY, place: 'superseded' }, 'bb')).toEqual([]);
  });

  test('one that was replaced is warned of', () => {
    expect(judged({ ...ENTRY, place: 'superseded' })).toMatchObject([
      {
        code: 'certificate-older-served',
        severity: 'warning',
        subject: 'reg.test:5000',
        message: expect.stringContaining('reg (serial 4f0000000000…) of 2026-01-02'),
      },
    ]);
  });

  test.each(['current', 'superseded'] as const)(
    'one that was revoked (%s) is an error',
    (place) => {
      const revoked = { at: Date.UTC(2026, 5, 1), reason: 'key-compromise' } as const;
      expect(judged({ ...ENTRY, place, revoked })).toMatchObject([
        {
          code: 'certificate-revoked-served',
          severity: 'error',
          message: expect.stringContaining('revoked on 2026-06-01'),
        },
      ]);
    },
  );
});

test('one of somebody else, where ours was put', () => {
  const target = { kind: 'folder', path: '/srv/my tls' } as const;
  const presented = { server: 'reg.test:5000', fingerprint: 'bb' };
  expect(foreignPresented(presented, { name: 'reg', target })).toMatchObject({
    severity: 'warning',
    message: expect.stringContaining('/srv/my tls'),
    hint: expect.stringContaining("`dockerctl certs targets remove reg '/srv/my tls'`"),
  });
});
