import { expect, test } from '@jest/globals';
import { fateOf, judge, saidOf } from '../../../../support/judge-config.js';

const said = (config: object, ...argv: string[]) => saidOf(config, { argv });

/** moby daemon/config, MergeDaemonConfigurations: file and flags are one configuration, and what holds of one holds of the other. */
test('a value goes through the same rules, whoever gives it', () => {
  expect(said({ 'log-level': 'loud' })).toEqual(['bad-value log-level']);
  const byFlag = judge({}, { argv: ['--log-level=loud'] });
  expect(fateOf(byFlag)).toBe('no start');
  expect(byFlag.findings.map(({ subject }) => subject)).toEqual(['--log-level=loud']);
  expect(said({ 'log-level': 'info' })).toEqual([]);
});

test('what two keys say together is judged where a flag gives one of them', () => {
  const together = judge({ bridge: 'br0', bip: '192.0.2.1/24' });
  const apart = judge({ bridge: 'br0' }, { argv: ['--bip=192.0.2.1/24'] });
  expect([fateOf(together), fateOf(apart)]).toEqual(['no start', 'no start']);
  expect(fateOf(judge({}, { argv: ['--bip=192.0.2.1/24'] }))).toBe('works');
});
