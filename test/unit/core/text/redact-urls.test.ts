import { describe, expect, test } from '@jest/globals';
import { redactAddress, redactUrls } from '../../../../src/core/text/redact-urls.js';

/** What Go's net/url takes for user and password: all up to the last @ of the authority. */
describe('no password of a URL is left in a text', () => {
  test.each([
    ['http://me:secret@p.test:3128', 'http://…@p.test:3128'],
    ['http://me:se@cr:et@p.test', 'http://…@p.test'],
    ['HTTP://ME:secret@P', 'HTTP://…@P'],
    ['//me:secret@p', '//…@p'],
    ['socks5://me:secret@[2001:db8::1]:1080', 'socks5://…@[2001:db8::1]:1080'],
    ['https://secret@m.test, https://secret@n.test', 'https://…@m.test, https://…@n.test'],
    ['http://me:%73ecret@p', 'http://…@p'],
    ['http://用户:secret@p', 'http://…@p'],
  ])('%s', (text, shown) => {
    expect(redactUrls(text)).toBe(shown);
    expect(shown).not.toContain('ecret');
  });

  test.each([
    ['me:secret@p.test:3128', '…@p.test:3128'],
    ['x=me:secret@p:80', 'x=…@p:80'],
    ['(me:secret@p:80)', '(…@p:80)'],
    ['me:a@secret@p:80', '…@p:80'],
    ['a:secret@b:1 c:secret@d:2', '…@b:1 …@d:2'],
    ['me:secret@[::1]:80', '…@[::1]:80'],
  ])('without a scheme: %s', (text, shown) => {
    expect(redactUrls(text)).toBe(shown);
  });

  test.each([
    'nginx:1.27@sha256:0123456789abcdef',
    'registry.test:5000/a@sha256:0123',
    'user@host',
    'git@github.com:22',
    'at 10:15 @home:80x',
    'https://m.test/@scope/pkg',
    'https://m.test/?to=me@example.com',
    '@',
    '',
  ])('%s is none', (text) => {
    expect(redactUrls(text)).toBe(text);
  });

  test('what is masked stays as it is', () => {
    for (const text of ['http://…@p', 'a …@p:80'])
      expect(redactUrls(redactUrls(text))).toBe(redactUrls(text));
  });

  test('a megabyte of @ ends', () => {
    expect(redactUrls('@'.repeat(1_000_000))).toHaveLength(1_000_000);
    expect(redactUrls('//a'.repeat(300_000))).toHaveLength(900_000);
    expect(redactUrls('x@h:1'.repeat(200_000))).toContain('@h:1');
    expect(redactUrls(`${'x@'.repeat(500_000)}h:1`)).toContain('@h:1');
  });
});

test.each([
  ['u:pw@h', '…@h'],
  ['u:p@w@h:50', '…@h:50'],
  ['http://u:pw@h', 'http://…@h'],
  ['http://u:pw@h/a/b', 'http://…@h/a/b'],
  ['h:50', 'h:50'],
  ['[::1]:50', '[::1]:50'],
  ['', ''],
])('an address, with a scheme or without: %s', (address, shown) => {
  expect(redactAddress(address)).toBe(shown);
});
