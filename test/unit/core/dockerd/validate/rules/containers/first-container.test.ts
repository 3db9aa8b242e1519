import { expect, test } from '@jest/globals';
import { validateConfig } from '../../../../../../../src/core/dockerd/validate/validate.js';
import { engineOf } from '../../../../../../../src/core/dockerd/options/keys/version.js';
import { FIRST_CONTAINER, type Fate } from '../../../../../../support/first-container.js';

const host = {
  cgroup: 'v2',
  kindOf: (path: string) => (path === '/nope' ? null : 'executable'),
} as const;

function foretold(config: string, version: string): Fate {
  const argv = ['/usr/sbin/dockerd', '-H', 'fd://'];
  const engine = engineOf(version);
  const candidate = { bytes: Buffer.from(config), path: 'daemon.json', engine, argv, host };
  const { starts, containers } = validateConfig(candidate);
  return !starts ? 'no start' : containers ? 'runs' : 'no container';
}

test.each(FIRST_CONTAINER)('%s: %s %s', (config, old, recent = old) => {
  expect(foretold(config, '20.10.24')).toBe(old);
  expect(foretold(config, '26.1.5')).toBe(recent);
  expect(foretold(config, '28.5.2')).toBe(recent);
});
