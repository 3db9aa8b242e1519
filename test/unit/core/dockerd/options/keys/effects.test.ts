import { expect, test } from '@jest/globals';
import {
  DEFAULT_BRIDGE_KEYS,
  effectOf,
} from '../../../../../../src/core/dockerd/options/keys/effects.js';
import { KEYS } from '../../../../../../src/core/dockerd/options/keys/keys.js';

/** Measured on dockerd 20.10, 26.1 and 28.5: what a new container, a container started again and a new network had. */
test.each([
  ['insecure-registries', 'pulls', 'nothing'],
  ['registry-mirrors', 'pulls', 'nothing'],
  ['debug', 'daemon', 'nothing'],
  ['runtimes', 'new containers', 'nothing'],
  ['default-runtime', 'new containers', 'never'],
  ['default-shm-size', 'new containers', 'never'],
  ['log-driver', 'new containers', 'never'],
  ['no-new-privileges', 'new containers', 'never'],
  ['default-ulimits', 'new containers', 'next start'],
  ['dns', 'new containers', 'next start'],
  ['seccomp-profile', 'new containers', 'next start'],
  ['default-network-opts', 'new networks', 'nothing'],
  ['userland-proxy', 'newly published ports', 'nothing'],
  ['data-root', 'images and containers', 'nothing'],
  ['userns-remap', 'images and containers', 'nothing'],
  ['a-key-of-tomorrow', 'daemon', 'nothing'],
  ['constructor', 'daemon', 'nothing'],
])('%s holds for %s; what is there has it: %s', (key, holdsFor, existing) => {
  expect(effectOf(key)).toMatchObject({ holdsFor, existing });
});

/** `there are running containers, updated network configuration will not take affect`. */
test('a start with containers that run leaves the default bridge as it is', () => {
  const bridge = ['bip', 'bridge', 'fixed-cidr', 'icc', 'ip', 'ip-masq', 'ipv6', 'mtu'];
  expect(DEFAULT_BRIDGE_KEYS).toEqual(expect.arrayContaining(bridge));
  for (const key of bridge) expect(effectOf(key).need).toBe('restart without containers');
  for (const key of ['userland-proxy', 'ip-forward', 'iptables', 'default-address-pools'])
    expect(DEFAULT_BRIDGE_KEYS).not.toContain(key);
});

test('what a start forgets is in force by a reload only', () => {
  const only = KEYS.filter(({ name }) => effectOf(name).need === 'reload only');
  expect(only.map(({ name }) => name)).toEqual(['network-diagnostic-port']);
});
