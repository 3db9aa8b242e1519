import { expect, test } from '@jest/globals';
import { mailboxOf } from '../../../../../../src/core/pki/go/names/mailbox.js';
import { rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';

const read = (text: string, generation: '1.19' | '1.24' | '1.27' = '1.24') =>
  mailboxOf(text, rulesOf(generation));

/** RFC 2821, section 4.1.2, as crypto/x509 reads it (verify.go, parseRFC2821Mailbox). */
test.each([
  ['a@test', 'a', 'test'],
  ['first.last+tag@mail.test', 'first.last+tag', 'mail.test'],
  ['"a b"@test', 'a b', 'test'],
  ['"a\\"b"@test', 'a"b', 'test'],
  ['a\\@b@test', 'a@b', 'test'],
])('%s', (text, local, domain) => {
  expect(read(text)).toEqual({ local, domain });
});

test.each([
  '',
  'a',
  '@test',
  '.a@test',
  'a.@test',
  'a..b@test',
  'a b@test',
  '"a@test',
  'a@b..c',
  'a@b c',
])('%j is none', (text) => {
  expect(read(text)).toBeNull();
});

test('a second @ is a part of the domain to labels, and of none to 1.27', () => {
  expect(read('a@b@test')).toEqual({ local: 'a', domain: 'b@test' });
  expect(read('a@b@test', '1.27')).toBeNull();
});
