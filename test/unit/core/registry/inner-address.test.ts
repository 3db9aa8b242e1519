import { expect, test } from '@jest/globals';
import { isInner } from '../../../../src/core/registry/inner-address.js';

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '169.254.169.254',
  '::1',
  '::',
  'fe80::1',
  'fd00:ec2::254',
  '::ffff:127.0.0.1',
])('%s is this machine, or stands next to it', (address) => {
  expect(isInner(address)).toBe(true);
});

test.each(['10.0.0.1', '192.168.1.1', '172.17.0.1', '8.8.8.8', '2001:db8::1', 'fd00::1'])(
  '%s may be a registry',
  (address) => {
    expect(isInner(address)).toBe(false);
  },
);
