import { expect, test } from '@jest/globals';
import { inspectorNamed } from '../../../../../src/core/trust/diagnosis/inspectors.js';

test.each([
  ['CN=Zscaler Intermediate Root CA (zscaler.net), O=Zscaler Inc.', 'Zscaler'],
  ['CN=FG100F, OU=Certificate Authority, O=Fortinet', 'FortiGate'],
  ['CN=mitmproxy, O=mitmproxy', 'mitmproxy'],
  ['CN=DO_NOT_TRUST_FiddlerRoot', 'Fiddler'],
  ['CN=Example Corp Root CA', null],
  // A word that holds one of theirs is another word.
  ['CN=Fortitude Ltd', null],
  ['CN=Squidward', null],
])('%s: %s', (name, product) => {
  expect(inspectorNamed(name)).toBe(product);
});
