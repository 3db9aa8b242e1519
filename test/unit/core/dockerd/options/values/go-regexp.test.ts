import { describe, expect, test } from '@jest/globals';
import { goRegexpFault } from '../../../../../../src/core/dockerd/options/values/go-regexp.js';

/** Go 1.24's own words, without what they quote. */
describe('goRegexpFault', () => {
  test.each([
    ['([', 'missing closing ]'],
    ['[a', 'missing closing ]'],
    ['[]', 'missing closing ]'],
    ['(a', 'missing closing )'],
    ['a)', 'unexpected )'],
    ['*a', 'missing argument to repetition operator'],
    ['a|*', 'missing argument to repetition operator'],
    ['(?:*)', 'missing argument to repetition operator'],
    ['a**', 'invalid nested repetition operator'],
    ['a{2}{3}', 'invalid nested repetition operator'],
    ['a{1001}', 'invalid repeat count'],
    ['a{3,2}', 'invalid repeat count'],
    ['a(?=b)', 'invalid or unsupported Perl syntax'],
    ['(?!b)', 'invalid or unsupported Perl syntax'],
    ['(?<=b)', 'invalid or unsupported Perl syntax'],
    ['(?i-)a', 'invalid or unsupported Perl syntax'],
    ['(?P<n', 'invalid named capture'],
    ['(?P<a-b>x)', 'invalid named capture'],
    ['(?P<n>x)(?P<n>y)', 'duplicate capture group name'],
    ['[b-a]', 'invalid character class range'],
    ['[[:foo:]]', 'invalid character class range'],
    ['\\p{Foo}', 'invalid character class range'],
    ['a\\', 'trailing backslash at end of expression'],
    ['(a)\\1', 'invalid escape sequence'],
    ['\\Z', 'invalid escape sequence'],
    ['\\y', 'invalid escape sequence'],
    ['\\x{110000}', 'invalid escape sequence'],
  ])('%s: %s', (text, fault) => {
    expect(goRegexpFault(text)).toBe(fault);
  });

  test.each([
    '',
    '^(prod|stage)_.*$',
    'a{,5}',
    'a{',
    'x{2,}?',
    'a+?b*?',
    '[]a]',
    '[^]a]',
    '[a-]',
    '[-a]',
    '[[:alpha:]_-]+',
    '[\\w.-]+',
    '(?i)com\\.docker\\..*',
    '(?s-m:a.b)',
    '(?P<name>x)(?P<other>y)',
    '\\Q(a\\E*',
    '\\pL\\p{Greek}\\P{^Lu}',
    '\\x41\\x{1F600}\\012\\.\\/',
    '^*',
    'é{2}',
    '()',
    '|',
  ])('%s is taken', (text) => {
    expect(goRegexpFault(text)).toBeNull();
  });
});
