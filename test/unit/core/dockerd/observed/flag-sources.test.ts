import { describe, expect, test } from '@jest/globals';
import { flagSources } from '../../../../../src/core/dockerd/observed/flag-sources.js';

const UNIT = '/lib/systemd/system/docker.service';
const DEFAULTS = '/etc/default/docker';
const words = (...texts: string[]) => texts.map((word) => ({ word, source: UNIT }));

describe('flagSources', () => {
  test.each([
    ['--mtu 1400', '--mtu=1400'],
    ['-H fd://', '-Hfd://'],
    ['-H=fd://', '-H fd://'],
    ['--debug', '--debug'],
  ])('%s in the unit is %s of the process', (unit, argv) => {
    const sources = flagSources(
      ['dockerd', ...argv.split(' ')],
      words('dockerd', ...unit.split(' ')),
      'process 7',
    );
    expect(sources.map(({ source }) => source)).toEqual([UNIT]);
  });

  test('of two that are alike each knows its own', () => {
    const unit = [
      ...words('dockerd', '-H', 'fd://'),
      { word: '-H', source: DEFAULTS },
      { word: 'tcp://127.0.0.1:2375', source: DEFAULTS },
    ];
    const argv = ['dockerd', '-H', 'fd://', '-H', 'tcp://127.0.0.1:2375', '--debug'];
    expect(flagSources(argv, unit, 'process 7')).toEqual([
      { flag: '-H', source: UNIT },
      { flag: '-H', source: DEFAULTS },
      { flag: '--debug', source: 'process 7' },
    ]);
  });

  test('without a unit all are of the process', () => {
    expect(flagSources(['dockerd', '-D'], [], 'process 7')).toEqual([
      { flag: '-D', source: 'process 7' },
    ]);
    expect(flagSources([], words('dockerd', '-D'), 'process 7')).toEqual([]);
  });
});
