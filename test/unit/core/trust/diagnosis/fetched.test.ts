import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkFingerprint,
  describeChain,
  fingerprintMismatch,
  issuerAddresses,
  matchesFingerprint,
  pickAuthority,
} from '../../../../../src/core/trust/diagnosis/fetched.js';
import { deepLeaf, leaf, middle, root } from '../../../../support/chains/judged.js';

let [rootOne, middleOne, leafOne]: X509Certificate[] = [];
beforeAll(() => {
  [rootOne, middleOne, leafOne] = [root(), middle(), deepLeaf()].map(
    (der) => new X509Certificate(der),
  );
});

describe('the certificate to trust', () => {
  test('is the highest authority that is shown', () => {
    expect(pickAuthority([leafOne!, middleOne!, rootOne!], 'r.corp')).toBe(rootOne);
    expect(pickAuthority([leafOne!, rootOne!, middleOne!], 'r.corp')).toBe(rootOne);
    expect(pickAuthority([leafOne!, middleOne!], 'r.corp')).toBe(middleOne);
  });

  test.each<[string, () => X509Certificate[], RegExp]>([
    ['none at all', () => [], /shows no certificate/],
    [
      'of another',
      () => [new X509Certificate(leaf())],
      /only its own certificate .* not that of its/,
    ],
  ])('is never the server’s own: %s', (_, chain, message) => {
    expect(() => pickAuthority(chain(), 'r.corp')).toThrow(
      expect.objectContaining({
        ...{ code: 'invalid-certificate', message: expect.stringMatching(message) },
        hint: expect.stringContaining('use --ca FILE'),
      }),
    );
  });
});

describe('a fingerprint', () => {
  test.each([
    (hex: string) => hex,
    (hex: string) => hex.replaceAll(':', '').toLowerCase(),
    (hex: string) => hex.replaceAll(':', ' '),
    (hex: string) => `SHA256:${hex}`,
    (hex: string) => `sha256 Fingerprint=${hex}`,
  ])('as people paste it, %#', (write) => {
    const typed = write(rootOne!.fingerprint256);
    expect(() => {
      checkFingerprint(typed);
    }).not.toThrow();
    expect(matchesFingerprint(rootOne!, typed)).toBe(true);
    expect(matchesFingerprint(middleOne!, typed)).toBe(false);
  });

  test.each(['', 'ab:cd', 'x'.repeat(64), 'a'.repeat(40)])('%j is none', (typed) => {
    expect(() => {
      checkFingerprint(typed);
    }).toThrow(expect.objectContaining({ code: 'invalid-value' }));
  });

  test('of another certificate is told with both', () => {
    expect(fingerprintMismatch(rootOne!, 'AB').message).toContain(rootOne!.fingerprint256);
  });
});

test('a chain for people who compare', () => {
  expect(describeChain([leafOne!, rootOne!])).toMatchObject([
    { subject: 'CN=leaf', issuer: 'CN=Middle', authority: false },
    { subject: 'CN=Root', issuer: 'CN=Root', authority: true, sha256: rootOne!.fingerprint256 },
  ]);
  expect(issuerAddresses(leafOne!)).toEqual([]);
});
