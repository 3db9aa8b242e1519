import { expect, test } from '@jest/globals';
import { lastFailedStart } from '../../../../../src/core/dockerd/observed/failed-start.js';

const line = (message: string, invocation: string, timeMs: number) => ({
  message,
  invocation,
  timeMs,
});
const FATAL = 'failed to start daemon: no space left on device';

test('the cause is of the last try alone, at the time of its last line', () => {
  expect(
    lastFailedStart([
      line('unable to configure the Docker daemon with file /x: old', 'a', 1),
      line('time="t" level=info msg="Starting up"', 'b', 2),
      line(FATAL, 'b', 3),
      line('time="t" level=info msg="after"', 'b', 4),
    ]),
  ).toEqual({ cause: FATAL, atMs: 4 });
});

test('what systemd says of the unit belongs to no try', () => {
  expect(lastFailedStart([line(FATAL, 'b', 3), line('Stopped docker.service', '', 9)])).toEqual({
    cause: FATAL,
    atMs: 3,
  });
  expect(lastFailedStart([line(FATAL, '', 3)])).toEqual({ cause: FATAL, atMs: 3 });
});

test('a try that said nothing of use has no cause, whatever an older one said', () => {
  expect(
    lastFailedStart([line(FATAL, 'a', 1), line('time="t" level=info msg="Starting up"', 'b', 2)]),
  ).toBeNull();
  expect(lastFailedStart([])).toBeNull();
});
