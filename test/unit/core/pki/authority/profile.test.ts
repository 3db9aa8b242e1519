import { expect, test } from '@jest/globals';
import {
  readAuthorityProfile,
  readLeafProfile,
} from '../../../../../src/core/pki/authority/profile.js';

const LEAF = { description: 'x', keyType: 'ecdsa-p256', days: 397, usages: ['server'] };
const CA = {
  ...{ description: 'x', keyType: 'rsa-4096', days: 3650, intermediateDays: 1825 },
  ...{ crlDays: 30, crlUrl: null },
};

test('profiles that can be used are given back as they are', () => {
  expect(readLeafProfile(LEAF, 'p')).toEqual(LEAF);
  expect(readAuthorityProfile(CA, 'p')).toEqual(CA);
  const urls = { crlUrl: 'https://ca.test/a.crl', caUrl: 'http://ca.test/a.crt' };
  expect(readAuthorityProfile({ ...CA, ...urls }, 'p')).toMatchObject(urls);
});

test.each([
  [{ days: 0 }, '"days" must be a whole number'],
  [{ days: 1.5 }, '"days" must be a whole number'],
  [{ days: '397' }, '"days" must be a whole number'],
  [{ keyType: 'dsa' }, '"keyType" must be one of'],
  [{ keyType: 'constructor' }, '"keyType" must be one of'],
  [{ usages: [] }, '"usages" must be'],
  [{ usages: ['server', 'codeSigning'] }, '"usages" must be'],
  [{ description: 1 }, '"description" must be a string'],
  [{ country: 'DE' }, '"country" is not one of'],
])('a profile with %j is refused', (wrong, reason) => {
  expect(() => readLeafProfile({ ...LEAF, ...wrong }, '/etc/p.json5')).toThrow(
    expect.objectContaining({
      code: 'invalid-value',
      message: expect.stringMatching(new RegExp(`/etc/p\\.json5 .*${reason}`)),
    }),
  );
});

/** RFC 5280, section 8: who follows caIssuers over https needs a certificate to check that with. */
test.each([
  [{ caUrl: 'https://ca.test/a.crt' }, '"caUrl" must be an http:// URL'],
  [{ crlUrl: 'ldap://ca.test' }, '"crlUrl" must be an http URL'],
  [{ crlUrl: undefined }, '"crlUrl" must be'],
  [{ crlDays: -1 }, '"crlDays" must be a whole number'],
])('an authority’s profile with %j is refused', (wrong, reason) => {
  expect(() => readAuthorityProfile({ ...CA, ...wrong } as never, 'p')).toThrow(reason);
});

test.each([[[]], [null], ['x']])('%j is no profile', (value) => {
  expect(() => readLeafProfile(value, 'p')).toThrow('it must be an object');
});
