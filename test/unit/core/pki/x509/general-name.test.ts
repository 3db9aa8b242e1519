import { expect, test } from '@jest/globals';
import { decode } from '../../../../../src/core/pki/asn1/der.js';
import {
  decodeGeneralName,
  encodeGeneralName,
} from '../../../../../src/core/pki/x509/general-name.js';

/** RFC 5280 4.2.1.6: rfc822Name [1], dNSName [2], uniformResourceIdentifier [6], iPAddress [7], all IMPLICIT. */
test.each([
  ['email', 'a@b.c', '81056140622e63'],
  ['dns', 'a.b', '8203612e62'],
  ['uri', 'x:y', '8603783a79'],
  ['ip', '192.0.2.1', '8704c0000201'],
  ['ip', '2001:db8::1', '871020010db8000000000000000000000001'],
] as const)('%s %s', (kind, value, hex) => {
  expect(encodeGeneralName({ kind, value }).toString('hex')).toBe(hex);
  expect(decodeGeneralName(decode(Buffer.from(hex, 'hex')))).toEqual({ kind, value });
});

test.each([
  ['an otherName [0]', 'a000', null],
  ['a directoryName [4]', 'a4023000', null],
  [
    'an iPAddress of five octets, as it stands',
    '8705c000020100',
    { kind: 'ip', value: 'c000020100' },
  ],
])('%s', (_, hex, expected) => {
  const whole = Buffer.from(hex, 'hex');
  const bytes = whole.subarray(0, 2 + (whole[1] ?? 0));
  expect(decodeGeneralName(decode(bytes))).toEqual(expected);
});
