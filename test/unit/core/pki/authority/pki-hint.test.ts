import { expect, test } from '@jest/globals';
import { forPki } from '../../../../../src/core/pki/authority/pki-hint.js';

test.each([
  ['dockerctl certs init', "dockerctl certs init --pki '/srv/my pki'"],
  [
    '`dockerctl certs issue --domain a`, then `dockerctl certs list`',
    "`dockerctl certs issue --pki '/srv/my pki' --domain a`, then `dockerctl certs list --pki '/srv/my pki'`",
  ],
  ['`dockerctl certs renew --pki /other`', '`dockerctl certs renew --pki /other`'],
  ['dockerctl certs inspect FILE', 'dockerctl certs inspect FILE'],
  ['dockerctl trust list', 'dockerctl trust list'],
])('%s', (hint, expected) => {
  expect(forPki(hint, '/srv/my pki')).toBe(expected);
  expect(forPki(hint, undefined)).toBe(hint);
});
