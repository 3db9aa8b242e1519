import { describe, expect, test } from '@jest/globals';
import {
  causeOfFailedStart,
  causeOfRefusedReload,
  lastWait,
} from '../../../../../src/core/dockerd/observed/cause.js';

// Lines as dockerd 20.10.24, 26.1.5 and 28.5.2 wrote them to the journal.
const text = (level: string, message: string) =>
  `time="2026-11-21T09:25:33.978633299Z" level=${level} msg="${message}"`;
const GOT_20 = text(
  'info',
  'Got signal to reload configuration, reloading from: /etc/docker/daemon.json',
);
const GOT_28 = `${text('info', 'Got signal to reload configuration')} config-file=/etc/docker/daemon.json`;

describe('causeOfFailedStart', () => {
  test.each([
    [
      'the plain last words, not the warnings before them',
      [
        text('warning', 'Unable to find memory controller'),
        'failed to start daemon: Error initializing network controller: invalid CIDR address: garbage',
      ],
      'failed to start daemon: Error initializing network controller: invalid CIDR address: garbage',
    ],
    [
      'an unprefixed parse error',
      ['unable to parse logging level: nope'],
      'unable to parse logging level: nope',
    ],
    [
      'the plain last words after JSON lines',
      [
        '{"level":"info","msg":"Starting up"}',
        'failed to start daemon: native.cgroupdriver option foo not supported',
      ],
      'failed to start daemon: native.cgroupdriver option foo not supported',
    ],
    [
      'a fatal line',
      [text('fatal', 'Error validating authorization plugin: plugin \\"nope\\" not found')],
      'Error validating authorization plugin: plugin "nope" not found',
    ],
    [
      'the first error when there are no last words',
      [text('error', 'one'), text('error', 'two')],
      'one',
    ],
    [
      'the error of a JSON line',
      ['{"level":"error","msg":"Failed","error":"no space"}'],
      'Failed: no space',
    ],
  ])('is %s', (_, lines, cause) => {
    expect(causeOfFailedStart(lines)).toBe(cause);
  });

  test('is null when dockerd said nothing of use', () => {
    expect(causeOfFailedStart([text('info', 'Starting up'), '', '{"broken', 'hello'])).toBeNull();
  });

  test('shows control characters instead of sending them to a terminal', () => {
    expect(causeOfFailedStart(['failed to start daemon: \u001b[2Jx'])).toBe(
      'failed to start daemon: \\x1b[2Jx',
    );
  });
});

describe('causeOfRefusedReload', () => {
  test.each([
    [
      '20.10, parse',
      [GOT_20, text('error', 'conflict labels for a=2 and a=1')],
      'conflict labels for a=2 and a=1',
    ],
    [
      '20.10, apply',
      [
        GOT_20,
        text(
          'error',
          'Error reconfiguring the daemon: insecure registry *.x is not valid: invalid host \\"*.x\\"',
        ),
      ],
      'Error reconfiguring the daemon: insecure registry *.x is not valid: invalid host "*.x"',
    ],
    [
      '28, where success is logged all the same',
      [
        GOT_28,
        `${text('error', 'Error reconfiguring the daemon')} error="runtime x: either a runtimeType or a path must be configured"`,
        `${text('info', 'Reloaded configuration')} config="{\\"pidfile\\":\\"/var/run/docker.pid\\"}"`,
      ],
      'Error reconfiguring the daemon: runtime x: either a runtimeType or a path must be configured',
    ],
  ])('quotes dockerd %s', (_, lines, cause) => {
    expect(causeOfRefusedReload(lines)).toBe(cause);
  });

  test('is null for a reload that worked, and for errors before the signal', () => {
    expect(causeOfRefusedReload([GOT_28, text('info', 'Reloaded configuration')])).toBeNull();
    expect(causeOfRefusedReload([text('error', 'old'), GOT_20])).toBeNull();
    expect(causeOfRefusedReload([text('error', 'old')])).toBeNull();
  });
});

test('a warning about what dockerd does without is the cause of nothing', () => {
  const harmless = 'WARNING: No io.max (wiops) support';
  expect(lastWait([text('warning', harmless)])).toBeNull();
  expect(lastWait([text('warning', 'timed out waiting for x'), text('warning', harmless)])).toBe(
    'timed out waiting for x',
  );
});

test('lastWait is what a hanging dockerd said last', () => {
  const lines = ['retrying in 1s', 'retrying in 2s'].map((when) =>
    text('warning', `Unable to locate plugin: nope, ${when}`),
  );
  expect(lastWait([...lines, text('info', 'x')])).toBe(
    'Unable to locate plugin: nope, retrying in 2s',
  );
});
