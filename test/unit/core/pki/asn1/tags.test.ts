import { expect, test } from '@jest/globals';
import { contextTag, explicitTag } from '../../../../../src/core/pki/asn1/tags.js';

test.each([
  ['[2] IMPLICIT IA5String: a dNSName', contextTag(2), 0x82],
  ['[7] IMPLICIT OCTET STRING: an iPAddress', contextTag(7), 0x87],
  ['[0] EXPLICIT: the version of a certificate', explicitTag(0), 0xa0],
  ['[3] EXPLICIT: the extensions of a certificate', explicitTag(3), 0xa3],
])('%s (RFC 5280)', (_, tag, byte) => {
  expect(tag).toBe(byte);
});
