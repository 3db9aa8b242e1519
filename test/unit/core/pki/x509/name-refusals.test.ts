import { expect, test } from '@jest/globals';
import { refusalOf } from '../../../../../src/core/pki/x509/name-refusals.js';

const refused = (name: string) => {
  const refusal = refusalOf(name, name);
  return refusal === null ? null : [refusal.reason, refusal.hint(name)];
};

/** RFC 1123 2.1: letters, digits and hyphens, none at an end; RFC 1035 2.3.4: 63 octets a label, 253 in all. */
test.each([
  'a.test',
  'a-1.test',
  '1.test',
  'localhost',
  '*.a.test',
  `${'a'.repeat(63)}.test`,
  `${'a.'.repeat(124)}a.com`,
  'xn--fsqu00a.xn--0zwm56d',
])('%s can be carried', (name) => {
  expect(refused(name)).toBeNull();
});

test.each([
  ['a_b.test', 'host names have no underscore, and clients refuse one', '--domain a-b.test'],
  [
    'a_b$(x).test',
    'host names have no underscore, and clients refuse one',
    '--domain registry.example.com',
  ],
  ['ftp://a.test/x', 'it is a URL, and a certificate names hosts', '--domain a.test'],
  ['https://', 'it is a URL, and a certificate names hosts', '--domain registry.example.com'],
  ['a.test:443', 'a certificate holds for every port of a host, and names none', '--domain a.test'],
  ['*.test', 'clients take no wildcard directly below a top-level name', expect.any(String)],
  ['a.*.test', 'a wildcard is the whole leftmost label', '--domain "*.example.com"'],
  ['a..test', 'there is nothing between two dots', '--domain a.test'],
  [`${'a'.repeat(64)}.test`, 'a label has at most 63 characters', expect.any(String)],
  [`${'a.'.repeat(124)}ab.com`, 'it has more than 253 characters', expect.any(String)],
  ['a-.test', 'no label begins or ends with a hyphen', expect.any(String)],
  ['10.0.0.256', 'it looks like an IP address and is none', '--ip 192.0.2.10'],
  ['a.0x1', 'it looks like an IP address and is none', '--ip 192.0.2.10'],
  ['10.0.0.0/8', 'it is a range, and a certificate names single addresses', expect.any(String)],
  ['', 'it is empty', expect.any(String)],
])('%s is refused', (name, reason, hint) => {
  expect(refused(name)).toEqual([reason, hint]);
});
