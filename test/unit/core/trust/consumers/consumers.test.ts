import { expect, test } from '@jest/globals';
import {
  chooseConsumers,
  CONSUMER_NAMES,
  consumerSigns,
  holdsAuthoritiesOnly,
} from '../../../../../src/core/trust/consumers/consumers.js';
import type { Machine } from '../../../../../src/core/trust/contributions/consumer.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const chosen = (files: Readonly<Record<string, string>>, to: Machine['chosen'] = null) => {
  const machine = { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: to };
  const snapshot = new Map([...treeOf(files), ['/', { kind: 'folder', names: [] } as const]]);
  return chooseConsumers(machine, snapshot).map(({ name }) => name);
};

test('those that are here, and no store that would widen trust beyond one registry', () => {
  expect(chosen({})).toEqual(['docker']);
  expect(chosen({ '/usr/bin/ctr': '', '/usr/bin/skopeo': '', '/usr/bin/buildkitd': '' })).toEqual([
    ...['docker', 'containerd', 'podman', 'buildkit'],
  ]);
  const all = Object.fromEntries(
    consumerSigns()
      .filter((path) => path !== '/')
      .map((path) => [`${path}/x`, '']),
  );
  expect(chosen(all)).toEqual(['docker', 'containerd', 'podman', 'buildkit', 'k3s']);
});

test('those that were named, here or not, in their one order', () => {
  expect(chosen({}, ['java', 'system', 'podman'])).toEqual(['podman', 'system', 'java']);
  expect(chosen({ '/usr/bin/ctr': '' }, [])).toEqual([]);
});

test('stores hold authorities and nothing else', () => {
  expect(CONSUMER_NAMES.filter(holdsAuthoritiesOnly)).toEqual(['system', 'java', 'nss']);
});
