import { describe, expect, test } from '@jest/globals';
import { tokenRealm } from '../../../../src/core/registry/challenge.js';

describe('tokenRealm', () => {
  test.each([
    [
      'Bearer realm="https://auth.example/token",service="r"',
      { host: 'auth.example', port: 443, name: 'auth.example' },
    ],
    [
      'bearer service="r", realm="http://a:81/t"',
      { host: 'a', port: 81, name: 'a:81', scheme: 'http' },
    ],
    [
      'Bearer realm="https://[2001:db8::1]:444/t"',
      { host: '2001:db8::1', port: 444, name: '[2001:db8::1]:444' },
    ],
  ])('of %s', (header, realm) => {
    expect(tokenRealm(header)).toMatchObject(realm);
  });

  test.each([
    'Basic realm="r"',
    'Bearer realm="/token"',
    'Bearer realm="ftp://x/"',
    'Bearer',
    undefined,
  ])('of %j is none', (header) => {
    expect(tokenRealm(header)).toBeNull();
  });
});
