import { describe, expect, test } from '@jest/globals';
import { judgeFile } from '../../../../src/commands/daemon/daemon-status.js';
import { temporaryHost } from '../../../support/node-host.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { image } from '../../../support/plans.js';

const words = (...argv: string[]) =>
  argv.map((word) => ({ word, source: '/lib/systemd/system/docker.service' }));
const WITH = ['/usr/sbin/dockerd', '--log-level=info'];
const WITHOUT = ['/usr/sbin/dockerd'];

describe('the file that a flag of the unit was moved into', () => {
  const configFile = image('{"log-level":"info"}');
  const { host } = temporaryHost();

  test('is what dockerd starts with, though the flag keeps this one from a reload', () => {
    const moved = observedDaemon({ configFile, argv: WITH, startWords: words(...WITHOUT) });
    expect(judgeFile(host, moved)).toMatchObject({ starts: true, reloads: false });
  });

  test('is none that dockerd starts with while its unit has the flag', () => {
    const added = observedDaemon({ configFile, argv: WITHOUT, startWords: words(...WITH) });
    expect(judgeFile(host, added)).toMatchObject({ starts: false, reloads: true });
  });
});

test('without a file it is the flags alone that keep dockerd from starting', () => {
  const { host } = temporaryHost();
  const observed = observedDaemon({ startWords: words('/usr/sbin/dockerd', '--log-levl=info') });
  expect(judgeFile(host, observed)).toMatchObject({ starts: false });
});
