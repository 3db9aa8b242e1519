import { describe, expect, test } from '@jest/globals';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { validateConfig } from '../../../../../../src/core/dockerd/validate/validate.js';
import { judge, saidOf, verdictOf, type Row } from '../../../../../support/judge-config.js';

const UNIT = 'in the unit: `systemctl cat docker.service`';

describe('a value of a flag goes through the rules of the file', () => {
  test.each([
    [
      ['--registry-mirror', 'https://reg-mirror.qiniu.com'],
      ['mirror-retired --registry-mirror https://reg-mirror.qiniu.com'],
    ],
    [['-H', 'tcp://0.0.0.0:2375'], ['open-api -H tcp://0.0.0.0:2375']],
  ])('%j works, and is told', (argv, expected) => {
    expect(saidOf({}, { argv })).toEqual(expected);
    expect(judge({}, { argv })).toMatchObject({ starts: true });
  });

  test.each<Row>([
    [{}, { argv: ['--insecure-registry', 'r.corp'] }, ['works']],
    [
      {},
      { argv: ['--insecure-registry', 'r.corp/team'] },
      [
        'no start',
        `error bad-flag-value --insecure-registry r.corp/team -> write "r.corp", ${UNIT}`,
      ],
    ],
    [
      {},
      { argv: ['--label=bare'] },
      ['no start', `error bad-flag-value --label=bare -> write key=value, ${UNIT}`],
    ],
    // What would be a warning in the file is no affair of the unit's.
    [{}, { argv: ['--insecure-registry', 'docker.io'] }, ['works']],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('the file that it stands in is named, and a password is not repeated', () => {
    const { findings } = validateConfig({
      bytes: Buffer.from('{}'),
      engine: parseVersion('28.5.2')!,
      argv: ['dockerd', '--registry-mirror=https://u:secret@m.corp'],
      sourceOf: () => '/etc/default/docker',
    });
    expect(findings).toMatchObject([
      {
        ...{ code: 'bad-flag-value', path: '/etc/default/docker' },
        hint: expect.stringMatching(/, in \/etc\/default\/docker$/),
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});

describe('a flag without its value takes the next one for it', () => {
  test('-H takes --insecure-registry, whose host is left alone', () => {
    const argv = ['-H', '--insecure-registry', 'r.corp'];
    expect(verdictOf({}, { argv })).toEqual([
      'no start',
      `error flag-swallows-flag -H --insecure-registry -> give -H a value, or remove it, ${UNIT}`,
    ]);
  });
});
