import { describe } from '@jest/globals';
import { BAD_FILES, BAD_VALUES } from './support/bad-configs.js';
import { expectRefused } from './support/refused-configs.js';

/** One of each kind; all of them run nightly. */
const KEYS = [
  'bip',
  'Debug',
  'debug',
  'default-runtime',
  'exec-opts',
  'insecure-registries',
  'log-opts',
  'mtu',
  'no-such-key',
  'registry-mirrors',
  'storage-driver',
  'tlsverify',
];

/** What dockerd --validate lets pass on every engine, so that only the restart shows it. */
const FORCED = ['bip', 'exec-opts', 'insecure-registries', 'log-opts'];

describe('a config that dockerd refuses', () => {
  const values = firstOf(KEYS);
  expectRefused({ values, files: BAD_FILES, forced: firstOf(FORCED) });
});

function firstOf(keys: readonly string[]) {
  return keys.flatMap((key) => BAD_VALUES.filter(([name]) => name === key).slice(0, 1));
}
