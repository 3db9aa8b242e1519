import { expect, test } from '@jest/globals';
import { keepsContainers } from '../../../../../src/core/dockerd/restart/keeps-containers.js';

const keeps = (flags: readonly string[], config: string | null): boolean => {
  const startWords = ['dockerd', ...flags].map((word) => ({ word, source: 'the unit' }));
  return keepsContainers({ startWords }, config === null ? null : Buffer.from(config));
};

// A flag and the file together keep dockerd from starting (moby config.go, findConfigurationConflicts): either alone decides.
test.each<[readonly string[], string | null, boolean]>([
  [[], '{"live-restore": true}', true],
  [[], '{"live-restore": false}', false],
  [[], '{"live-restore": "true"}', false],
  [[], '{}', false],
  [[], '', false],
  [[], null, false],
  [[], '{"live-restore": true,,}', false],
  [['--live-restore'], null, true],
  [['--live-restore=1'], '{}', true],
  [['--live-restore=false'], '{}', false],
  [['--live-restore=F'], null, false],
  [['--live-restore', '--live-restore=0'], null, false],
  [['--debug'], '{"live-restore": true}', true],
])('%j with %j: %p', (flags, config, expected) => {
  expect(keeps(flags, config)).toBe(expected);
});
