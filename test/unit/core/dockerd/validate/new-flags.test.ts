import { describe, expect, test } from '@jest/globals';
import { newFlagErrors } from '../../../../../src/core/dockerd/validate/new-flags.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image } from '../../../../support/plans.js';
import { referenceHost } from '../../../../support/reference-host.js';

describe('newFlagErrors', () => {
  const configFile = image('{"log-level":"info"}');
  const errors = (...flags: string[]) =>
    newFlagErrors(
      observedDaemon({
        configFile,
        startWords: ['/usr/sbin/dockerd', '-H', 'fd://', ...flags].map((word) => ({
          word,
          source: '/lib/systemd/system/docker.service',
        })),
      }),
      referenceHost('26.1.5'),
    ).map(({ code }) => code);

  test('are none while the unit is as it was, and none of flags that dockerd knows', () => {
    expect(errors()).toEqual([]);
    expect(errors('--mtu=1400')).toEqual([]);
  });

  test('are flags that dockerd does not know, and those that the file gives too', () => {
    expect(errors('--log-levl', 'debug')).toContain('bad-flag');
    expect(errors('--log-level=debug')).toEqual(['flag-and-file']);
    expect(errors('--mtu', 'abc')).toEqual(['bad-flag-value']);
    expect(errors('-g', '/data')).toEqual(['flag-of-other-engine']);
  });
});
