import { describe, expect, test } from '@jest/globals';
import { leftInKernel, limitsOf } from '../../../../../src/core/dockerd/running/after-change.js';

describe('what a change leaves as it was', () => {
  test.each([
    [{}, { iptables: false }, /iptables false: the rules .* stay in the kernel/],
    [{ 'ip-forward': true }, { 'ip-forward': false }, /sysctl net\.ipv4\.ip_forward=0/],
    [{ 'ip-forward-no-drop': true }, {}, /policy of FORWARD stays/],
    [{ ipv6: true }, {}, /net\.ipv6\.conf\.all\.forwarding/],
  ])('in the kernel: %j → %j', (before, after, text) => {
    expect(leftInKernel(before, after, [28, 5, 2])).toEqual([expect.stringMatching(text)]);
  });

  test('in the kernel: nothing that the old value has not brought', () => {
    expect(leftInKernel({ iptables: false }, { iptables: false }, [28, 5, 2])).toEqual([]);
    expect(leftInKernel({ iptables: false }, {}, [28, 5, 2])).toEqual([]);
    const proxy = { 'userland-proxy': false };
    expect(leftInKernel(proxy, {}, [28, 5, 2])).toEqual([]);
    expect(leftInKernel(proxy, {}, [20, 10, 24])).toEqual([
      expect.stringMatching(/userland-proxy/),
    ]);
  });

  test('of containers and networks that are there', () => {
    expect(limitsOf(['log-opts', 'dns', 'debug'])).toEqual([
      expect.stringMatching(/^log-opts: for new containers/),
      expect.stringMatching(/^dns: containers that are there take it/),
    ]);
    expect(limitsOf(['default-address-pools'])).toEqual([
      expect.stringMatching(/for new networks/),
      expect.stringMatching(/^docker0 takes an address of the pools/),
    ]);
  });
});
