import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { decode } from '../../../../../src/core/pki/asn1/der.js';
import {
  commonName,
  commonNameOf,
  decodeSubject,
  encodeSubject,
  formatSubject,
  parseSubject,
  sameSubject,
  type Subject,
} from '../../../../../src/core/pki/x509/subject.js';
import { derOf } from '../../../../support/openssl.js';

const SUBJECT: Subject = [
  ['C', 'DE'],
  ['ST', 'Bayern'],
  ['L', 'München'],
  ['O', 'A, B & Co'],
  ['OU', '示例公司'],
  ['CN', 'reg.example'],
];

test('is written as OpenSSL writes it: a country printable, all else in UTF-8', () => {
  const subject = `/${SUBJECT.map(([name, value]) => `${name}=${value}`).join('/')}`;
  const request = execFileSync(
    'openssl',
    [
      ...['req', '-new', '-utf8', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
      ...['-subj', subject, '-keyout', '/dev/null'],
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const der = encodeSubject(SUBJECT);
  expect(derOf(request).includes(der)).toBe(true);
  expect(decodeSubject(decode(der))).toEqual(SUBJECT);
});

describe('as typed', () => {
  test('a comma in a value is escaped, names in any case, empty parts are none', () => {
    expect(parseSubject('o=A\\, B , c=DE,')).toEqual([
      ['O', 'A, B'],
      ['C', 'DE'],
    ]);
  });

  /** RFC 5280, appendix A.1: ub-common-name 64, ub-state-name 128, ub-country-name-alpha-length 2. */
  test.each([
    ['CN', 64],
    ['O', 64],
    ['OU', 64],
    ['ST', 128],
    ['L', 128],
  ])('%s has at most %d characters, of any script', (name, longest) => {
    expect(parseSubject(`${name}=${'示'.repeat(longest)}`)).toHaveLength(1);
    expect(() => parseSubject(`${name}=${'示'.repeat(longest + 1)}`)).toThrow(
      `at most ${longest} characters`,
    );
  });

  test.each([
    ['E=a@b.test', 'NAME=VALUE'],
    ['Example Ltd', 'NAME=VALUE'],
    ['O=', 'empty'],
    ['C=de', 'two capital letters'],
    ['C=D1', 'two capital letters'],
    ['O=a\u0007b', 'control character'],
  ])('%j is refused', (text, reason) => {
    expect(() => parseSubject(text)).toThrow(
      expect.objectContaining({ code: 'invalid-value', message: expect.stringContaining(reason) }),
    );
  });

  test('a common name is trimmed, and checked alike', () => {
    expect(commonName(' reg.example ')).toEqual(['CN', 'reg.example']);
    expect(() => commonName('a'.repeat(65))).toThrow('at most 64');
  });
});

test('for people: the most telling first, commas escaped, nothing that drives a terminal', () => {
  expect(formatSubject(SUBJECT.slice(3))).toBe('CN=reg.example, OU=示例公司, O=A\\, B & Co');
  expect(formatSubject([['O', '\u001b[31m']])).not.toContain('\u001b');
  expect(commonNameOf(SUBJECT)).toBe('reg.example');
  expect(commonNameOf(SUBJECT.slice(0, 5))).toBeNull();
});

test('the same is the same in type, value and order', () => {
  expect(sameSubject(SUBJECT, [...SUBJECT])).toBe(true);
  expect(sameSubject(SUBJECT, SUBJECT.toReversed())).toBe(false);
  expect(sameSubject(SUBJECT, SUBJECT.slice(0, 5))).toBe(false);
  expect(sameSubject([['O', 'x']], [['OU', 'x']])).toBe(false);
  expect(sameSubject([['O', 'x']], [['O', 'X']])).toBe(false);
});
