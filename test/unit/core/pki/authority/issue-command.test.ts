import { expect, test } from '@jest/globals';
import { hostOf, issueCommand } from '../../../../../src/core/pki/authority/issue-command.js';

test.each([
  ['reg.test:5000', 'reg.test', '--domain reg.test'],
  ['reg.test', 'reg.test', '--domain reg.test'],
  ['192.0.2.1:5000', '192.0.2.1', '--ip 192.0.2.1'],
  ['[2001:db8::1]:5000', '2001:db8::1', '--ip 2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1', '--ip 2001:db8::1'],
  ['2001:db8::1', '2001:db8::1', '--ip 2001:db8::1'],
])('%s is the host %s, and its certificate is made with %s', (name, host, option) => {
  expect(hostOf(name)).toBe(host);
  expect(issueCommand(name)).toBe(`dockerctl certs issue ${option}`);
});
