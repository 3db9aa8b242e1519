import { describe, expect, test } from '@jest/globals';
import { planDaemonEdit } from '../../../../../src/core/dockerd/config/edit.js';
import { judgePlan } from '../../../../../src/core/dockerd/validate/check-plan.js';
import { remove, setText } from '../../../../../src/core/formats/json/json-edit.js';
import { parsePath } from '../../../../../src/core/formats/json/json-path.js';
import type { Plan } from '../../../../../src/core/plan/plan.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const observedWith = (text: string, version = '28.5.2') =>
  observedDaemon({ version, configFile: { content: { text }, mode: 0o644, uid: 0, gid: 0 } });

function judged(text: string, key: string, json: string, version?: string): Plan {
  const observed = observedWith(text, version);
  const edit = {
    title: '',
    edit: (document: Parameters<typeof setText>[0]) => setText(document, parsePath(key), json),
  };
  return judgePlan(planDaemonEdit(observed, edit, { activate: 'auto' }), observed, {});
}

/** What a reload itself does is told by the plan. */
const isVerdict = (note: string) => !note.includes('after a reload');

describe('judgePlan', () => {
  test('lets pass what dockerd starts with', () => {
    expect(judged('{}', 'debug', 'true').notes.filter(isVerdict)).toEqual([]);
  });

  test('refuses what dockerd would not start with, at its place in the file to come', () => {
    expect(() => judged('{\n  "debug": true\n}\n', 'hosts', '["fd://"]')).toThrow(
      expect.objectContaining({
        code: 'invalid-config',
        message: expect.stringMatching(
          /^dockerd would not start with this: \/etc\/docker\/daemon\.json:3:3: /,
        ),
        hint: expect.stringMatching(
          /; or, where we are wrong, the same command with --no-validate$/,
        ),
      }),
    );
  });

  test('lets a step pass that leaves an older mistake, and tells of it', () => {
    const { notes } = judged('{\n  "hosts": ["fd://"]\n}\n', 'debug', 'true');
    expect(notes.filter(isVerdict)).toEqual([
      expect.stringMatching(/^Still wrong: \/etc\/docker\/daemon\.json:2:3: /),
    ]);
  });

  test.each([
    [
      { runtimes: { nvidia: { path: '/usr/bin/x' } }, 'default-runtime': 'nvidia' },
      'runtimes.nvidia',
      'default-runtime',
    ],
    [
      { runtimes: { nvidia: { path: '/usr/bin/x' } }, 'default-runtime': 'nvidia' },
      'runtimes',
      'default-runtime',
    ],
    [{ ipv6: true, 'fixed-cidr-v6': 'fd00:1::/64' }, 'fixed-cidr-v6', 'ipv6'],
    [{ ip6tables: true, experimental: true }, 'experimental', 'ip6tables'],
    [{ tlsverify: true, tlscacert: '/c', tlscert: '/a', tlskey: '/b' }, 'tlskey', null],
  ])(
    'of %j nothing that another key needs is taken away in a circle of hints',
    (config, key, first) => {
      const observed = observedWith(JSON.stringify(config), '26.1.5');
      const plan = planDaemonEdit(
        observed,
        { title: '', edit: (document) => remove(document, parsePath(key)) },
        { activate: 'auto' },
      );
      const hint = expect.stringContaining(`dockerctl config unset ${first}  (it needs`);
      if (first === null) expect(() => judgePlan(plan, observed, {})).not.toThrow();
      else expect(() => judgePlan(plan, observed, {})).toThrow(expect.objectContaining({ hint }));
    },
  );

  test('refuses a log driver that dockerd starts with and no container does', () => {
    expect(() => judged('{}', 'log-driver', '"jsonfile"')).toThrow(
      expect.objectContaining({
        code: 'invalid-config',
        message: expect.stringMatching(/^no container would start with this: .*"jsonfile"/),
      }),
    );
  });

  test('refuses an mtu that dockerd starts with and no container does', () => {
    for (const mtu of ['70000', '20'])
      expect(() => judged('{}', 'mtu', mtu, '20.10.24')).toThrow(
        /no container of the default network starts with mtu/,
      );
    for (const mtu of ['0', '65535'])
      expect(judged('{}', 'mtu', mtu, '20.10.24').notes).toEqual([]);
  });

  test('tells of what starts and is not what was meant', () => {
    const { notes } = judged('{}', 'log-driver', '"vendor/nope:1"');
    expect(notes).toEqual([
      'Nobody could look whether this machine has the plugin vendor/nope:1, for logging [log-driver].',
    ]);
  });
});
