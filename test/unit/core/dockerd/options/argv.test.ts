import { describe, expect, test } from '@jest/globals';
import { argvFlags } from '../../../../../src/core/dockerd/options/argv.js';

describe('argvFlags', () => {
  test.each([
    ['-H fd://', [{ word: '-H', name: '-H', value: 'fd://' }]],
    ['-Hfd://', [{ word: '-Hfd://', name: '-H', value: 'fd://' }]],
    ['-H=fd://', [{ word: '-H=fd://', name: '-H', value: 'fd://' }]],
    ['--mtu=1400', [{ word: '--mtu=1400', name: '--mtu', value: '1400' }]],
    ['--mtu 1400', [{ word: '--mtu', name: '--mtu', value: '1400' }]],
    ['--label a=b', [{ word: '--label', name: '--label', value: 'a=b' }]],
    ['--debug', [{ word: '--debug', name: '--debug', value: null }]],
    ['', []],
  ])('reads `dockerd %s`', (line, flags) => {
    expect(argvFlags(['/usr/sbin/dockerd', ...line.split(' ').filter(Boolean)])).toEqual(flags);
  });

  test('a switch before another flag takes no value', () => {
    expect(argvFlags(['dockerd', '--debug', '-H', 'fd://']).map(({ value }) => value)).toEqual([
      null,
      'fd://',
    ]);
  });
});
