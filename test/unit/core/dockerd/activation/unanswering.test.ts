import { describe, expect, test } from '@jest/globals';
import {
  refuseUnanswering,
  refuseUnknownEffect,
} from '../../../../../src/core/dockerd/activation/unanswering.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { WEB } from '../../../../support/plans.js';

const refused = (
  parts: Partial<ObservedDaemon>,
  action: 'none' | 'reload' | 'restart' = 'reload',
) => {
  try {
    refuseUnanswering(observedDaemon(parts), action);
    return null;
  } catch (error) {
    return error as { code: string; message: string; hint: string };
  }
};
const HANGS = { info: null, silence: 'silent' } as const;

describe('a dockerd that runs and does not answer is told of nothing', () => {
  test.each([
    ['starting', /systemd is still starting/, '`dockerctl daemon status`'],
    ['stopped', /SIGSTOP/, '`kill -CONT 4711`'],
    ['no-socket', /its socket is gone/, '`systemctl restart docker.socket docker.service`'],
    ['podman', /podman answers/, '`apt-get remove podman-docker`'],
    ['silent', /on its socket/, '`dockerctl daemon logs`'],
  ] as const)('%s', (silence, why, cure) => {
    for (const action of ['reload', 'restart'] as const) {
      const error = refused({ info: null, silence }, action);
      expect(error).toMatchObject({ code: 'no-daemon', message: expect.stringMatching(why) });
      expect(error?.message).toContain('(pid 4711)');
      expect(error?.hint).toContain(cure);
    }
  });

  test('its containers are named, and that a restart may stop them', () => {
    const error = refused({ ...HANGS, containers: [{ ...WEB, name: 'a\u001b[2J' }] });
    expect(error?.message).toMatch(/running containers: a\\x1b\[2J$/);
    expect(error?.hint).toMatch(/stops these containers unless live-restore is on$/);
  });

  test('one without a unit has no systemctl to type', () => {
    const manager = { kind: 'none' } as const;
    expect(refused({ ...HANGS, manager })?.hint).not.toContain('systemctl');
    expect(refused({ ...HANGS, manager, silence: 'podman' })?.hint).toMatch(/start dockerd anew/);
  });
});

test.each<[string, Partial<ObservedDaemon>, 'none' | 'reload' | 'restart']>([
  ['one that need not be told', HANGS, 'none'],
  ['one that answers', {}, 'reload'],
  ['one that is down', { ...HANGS, state: 'stopped' }, 'restart'],
  ['one whose socket is closed to this user', { info: null, forbidden: true }, 'reload'],
  ['a restart of one behind a wrapper', { pid: null, wrapper: 'sh' }, 'restart'],
])('%s is not refused', (_, parts, action) => {
  expect(refused(parts, action)).toBeNull();
});

test('a reload needs a pid to tell, and somebody to ask afterwards', () => {
  expect(refused({ pid: null, wrapper: 'sh' })?.message).toMatch(/^its unit runs sh,/);
  expect(refused({ info: null })?.message).toMatch(/listens where dockerctl cannot ask/);
});

describe('a file that says already what is wanted', () => {
  const known = (parts: Partial<ObservedDaemon>) => () => {
    refuseUnknownEffect(observedDaemon(parts));
  };

  test('tells nothing of a dockerd that hangs', () => {
    expect(known(HANGS)).toThrow(expect.objectContaining({ code: 'no-daemon' }));
  });

  test('is read by one that starts, answers or is down', () => {
    expect(known({ info: null, silence: 'starting' })).not.toThrow();
    expect(known({})).not.toThrow();
    expect(known({ ...HANGS, state: 'failed' })).not.toThrow();
  });
});
