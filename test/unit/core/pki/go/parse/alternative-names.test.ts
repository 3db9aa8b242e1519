import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import { TRUE } from '../../../../../support/chains/der.js';
import {
  everyOne,
  judged,
  withNames,
  type Expected,
} from '../../../../../support/chains/judged.js';

/** The certificate alone, trusted as it is: only whether it can be read counts. */
type Row = readonly [rule: string, certificate: () => Buffer, expected: Expected];

const ALTERNATIVES: readonly Row[] = [
  ['a DNS name that is no domain', () => withNames(make.dns('x y')), 'ok'],
  ['a DNS name above ASCII', () => withNames(make.dns('é.test')), 'alternative-name-malformed'],
  [
    'a mail address above ASCII',
    () => withNames(make.email('é@test')),
    'alternative-name-malformed',
  ],
  ['an address of 5 octets', () => withNames(make.ip(1, 2, 3, 4, 5)), 'alternative-address-length'],
  [
    'an IPv4 address as IPv6',
    () => withNames(make.ip(...Array<number>(10).fill(0), 255, 255, 10, 0, 0, 1)),
    ['ok', 'ok', 'alternative-address-mapped'],
  ],
  [
    'a URI with a bad escape',
    () => withNames(make.uri('http://a/%zz')),
    'alternative-url-malformed',
  ],
  [
    'a URI whose port is none',
    () => withNames(make.uri('http://a:b/')),
    'alternative-url-malformed',
  ],
  [
    'a URI with brackets that hold no address',
    () => withNames(make.uri('http://[1.2.3.4]/')),
    ['ok', 'ok', 'alternative-url-malformed'],
  ],
  ['a URI without a host', () => withNames(make.uri('urn:uuid:1')), 'ok'],
  ['other kinds', () => withNames(make.otherName('1.2.3', TRUE)), 'ok'],
];

test.each(ALTERNATIVES)('%s', (_, make, expected) => {
  const certificate = make();
  expect(judged({ chain: [certificate], trusted: [certificate] })).toEqual(everyOne(expected));
});
