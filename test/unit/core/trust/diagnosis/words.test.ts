import { describe, expect, test } from '@jest/globals';
import { isInsecure } from '../../../../../src/core/registry/insecure-list.js';
import { tokenRealm } from '../../../../../src/core/registry/challenge.js';
import { engineFinding } from '../../../../../src/core/trust/diagnosis/engine-word.js';

describe('engineFinding', () => {
  const stream = (error: string) =>
    `{"status":"Pulling"}\r\n${JSON.stringify({ errorDetail: {}, error })}\r\n`;

  test.each([
    [404, '{"message":"manifest for r/x:none not found: manifest unknown: manifest unknown"}'],
    [
      404,
      '{"message":"pull access denied for r/x, repository does not exist or may require docker login"}',
    ],
    [500, '{"message":"Head \\"https://r/v2/x\\": no basic auth credentials"}'],
    [200, stream('failed to resolve reference "r/x:none": r/x:none: not found')],
    [200, stream('unauthorized: authentication required')],
  ])('takes %i %s for a registry that was reached', (status, body) => {
    expect(engineFinding('r', { status, body })).toEqual([]);
  });

  test.each([
    [
      500,
      '{"message":"Get \\"https://r/v2/\\": tls: failed to verify certificate: x509: certificate signed by unknown authority"}',
    ],
    [
      500,
      '{"message":"missing key r.key for client certificate r.cert. CA certificates must use the extension .crt"}',
    ],
    [
      200,
      stream(
        'failed to do request: Head "https://r/v2/": dial tcp 10.0.0.1:443: connect: connection refused',
      ),
    ],
    [200, stream('Get "https://r/v2/": http: server gave HTTP response to HTTPS client')],
    [0, 'ETIMEDOUT: timeout'],
    [500, ''],
  ])('takes %i %s for one that was not', (status, body) => {
    expect(engineFinding('r', { status, body }).map(({ code }) => code)).toEqual([
      'registry-engine-refuses',
    ]);
  });
});

describe('isInsecure', () => {
  test.each([
    ['reg:5000', ['reg:5000'], [], true],
    ['reg:5000', ['reg'], [], false],
    ['reg', ['http://reg'], [], true],
    ['reg', ['10.0.0.1/8'], ['10.2.3.4'], true],
    ['reg', ['10.0.0.0/8'], ['11.2.3.4'], false],
    ['reg', ['2001:db8::/32'], ['2001:db8::7'], true],
    ['reg', [], ['127.0.0.5'], true],
    ['reg', [], [], false],
  ])('%s with %j, at %j: %s', (...[name, entries, addresses, expected]) => {
    expect(isInsecure(name, { entries, addresses })).toBe(expected);
  });
});

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
