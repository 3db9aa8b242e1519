import { expect, test } from '@jest/globals';
import {
  endedContainer,
  startedText,
  startsWithDockerd,
  type EndedContainer,
} from '../../../../../src/core/dockerd/restart/started-by-restart.js';

const ENDED: EndedContainer = {
  ...{ name: 'web', restartPolicy: 'no', most: 0, restarts: 0, exitCode: 0, wasStopped: true },
};

/** Seen with `systemctl restart docker` on 20.10, 26.1 and 28.5. */
test.each<[Partial<EndedContainer>, boolean]>([
  [{ restartPolicy: 'no' }, false],
  [{ restartPolicy: '' }, false],
  [{ restartPolicy: 'always' }, true],
  [{ restartPolicy: 'always', wasStopped: false }, true],
  [{ restartPolicy: 'unless-stopped' }, false],
  [{ restartPolicy: 'unless-stopped', wasStopped: false }, true],
  [{ restartPolicy: 'unless-stopped', wasStopped: null }, false],
  [{ restartPolicy: 'on-failure' }, false],
  [{ restartPolicy: 'on-failure', exitCode: 137 }, true],
  [{ restartPolicy: 'on-failure', exitCode: 1, most: 2, restarts: 1 }, true],
  [{ restartPolicy: 'on-failure', exitCode: 1, most: 2, restarts: 2 }, false],
])('a container with %j starts with dockerd: %s', (of, starts) => {
  expect(startsWithDockerd({ ...ENDED, ...of })).toBe(starts);
});

test('it is read from what docker inspects, and from what dockerd keeps', () => {
  const detail = {
    ...{ Name: '/web', RestartCount: 2, State: { ExitCode: 137 } },
    HostConfig: { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 } },
  };
  const read = {
    ...{ name: 'web', restartPolicy: 'on-failure', most: 3, restarts: 2, exitCode: 137 },
  };
  expect(endedContainer(detail, { HasBeenManuallyStopped: false })).toEqual({
    ...{ ...read, wasStopped: false },
  });
  expect(endedContainer(detail, undefined)).toEqual({ ...read, wasStopped: null });
});

test('those that start are named with their policy, and what cannot be seen is written out', () => {
  const always = { ...ENDED, restartPolicy: 'always' };
  expect(startedText([ENDED, always, { ...always, name: 'a\u001bb' }])).toEqual([
    'dockerd starts web (always), a\\x1bb (always) by restart policy, which did not run before',
  ]);
  expect(startedText([ENDED])).toEqual([]);
});
