import { expect, test } from '@jest/globals';
import { systemStore } from '../../../../../../src/core/trust/consumers/system/system-stores.js';

/** os-release(5): ID, then ID_LIKE from the nearest on; values may stand in quotes of either kind. */
test.each([
  ['ID=debian\n', '/usr/local/share/ca-certificates'],
  ["NAME='x'\nID='alpine'\n", '/usr/local/share/ca-certificates'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', '/etc/pki/ca-trust/source/anchors'],
  ['ID=sles\nID_LIKE="suse"\n', '/etc/pki/trust/anchors'],
  ['ID=manjaro\nID_LIKE=arch\n', '/etc/ca-certificates/trust-source/anchors'],
  ['ID=own\nID_LIKE="nobody debian"\n', '/usr/local/share/ca-certificates'],
  ['# ID=debian\nVERSION_ID=debian\n', undefined],
  ['ID=nixos\n', undefined],
  ['ID=constructor\n', undefined],
  ['', undefined],
])('%j keeps its CAs in %s', (osRelease, anchors) => {
  expect(systemStore(osRelease)?.anchors).toBe(anchors);
});
