import { describe, expect, test } from '@jest/globals';
import { maskAddress, maskUrls, maskValue } from '../../../../src/core/text/redact.js';

describe('a text', () => {
  test.each([
    ['http://me:pw@p.test:3128', 'http://…@p.test:3128'],
    ['set to https://token@m.test/x, not', 'set to https://…@m.test/x, not'],
    ['http://me:p@ss@h', 'http://…@h'],
    [`http://me:it's@h`, 'http://…@h'],
    ['["http://a:b@h","tcp://c:d@e:1"]', '["http://…@h","tcp://…@e:1"]'],
    ['{"http-proxy":"me:pw@p.test:3128"}', '{"http-proxy":"…@p.test:3128"}'],
    ['HTTP_PROXY=me:pw@[::1]:80', 'HTTP_PROXY=…@[::1]:80'],
    ['config set proxies.http-proxy me:pw@p:3128', 'config set proxies.http-proxy …@p:3128'],
    ['http://…@h', 'http://…@h'],
  ])('%s', (text, masked) => {
    expect(maskUrls(text)).toBe(masked);
  });

  test.each([
    'https://m.test/a@b',
    'img:1@sha256:0123456789abcdef',
    'registry.test:5000/img:1@sha256:01234',
    'email:me@example.com',
    'a // me@example.com',
    'docker@1.service',
    '//',
  ])('%s says nothing secret', (text) => {
    expect(maskUrls(text)).toBe(text);
  });

  test('of a megabyte takes no time', () => {
    const started = Date.now();
    for (const piece of ['/', '//', 'a:', ':@', 'a', '//a']) maskUrls(piece.repeat(300_000));
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});

test('an address without scheme or port', () => {
  expect(['u:pw@h', 'u:p@w@h:50', 'http://u:pw@h', 'h:50'].map(maskAddress)).toEqual([
    '…@h',
    '…@h:50',
    'http://…@h',
    'h:50',
  ]);
});

test('every text of a value; what makes its own JSON is left to it', () => {
  const date = new Date(0);
  expect(maskValue({ a: ['http://u:p@h', 1, null], b: { c: true }, d: undefined, date })).toEqual({
    ...{ a: ['http://…@h', 1, null], b: { c: true }, date },
  });
});
