import { describe, expect, test } from '@jest/globals';
import { parseDeclaration } from '../../../../src/core/declaration/declaration.js';
import { daemonDrifts } from '../../../../src/core/declaration/daemon-drift.js';
import { silentDaemon } from '../../../../src/core/declaration/daemon-silent.js';
import { planDaemon } from '../../../../src/core/declaration/daemon-plan.js';
import type { DaemonSituation } from '../../../../src/core/declaration/wanted-file.js';
import type { ObservedDaemon } from '../../../../src/core/dockerd/observed/observed.js';
import type { FileImage } from '../../../../src/core/plan/plan.js';
import type { Json } from '../../../../src/core/formats/json/json-object.js';
import { observedDaemon } from '../../../support/observed-daemon.js';

const image = (text: string): FileImage => ({ content: { text }, mode: 0o644, uid: 0, gid: 0 });

interface Given {
  readonly declared: string;
  readonly file: string | null;
  readonly info?: Record<string, Json> | null;
  readonly good?: string;
  readonly goodPid?: number;
  readonly observed?: Partial<ObservedDaemon>;
  readonly readsInstead?: string;
}

function situation({ declared, file, info = null, good, ...rest }: Given): DaemonSituation {
  return {
    declaration: parseDeclaration([{ path: '/d', text: declared }]),
    observed: observedDaemon({
      configFile: file === null ? null : image(file),
      info,
      ...rest.observed,
    }),
    readsInstead: rest.readsInstead ?? null,
    lastGood:
      good === undefined
        ? null
        : {
            path: '/etc/docker/daemon.json',
            image: image(good),
            pid: rest.goodPid ?? 4711,
            bootId: 'boot',
          },
    bootId: 'boot',
    provenance: '',
  };
}

const driftsOf = (given: Given) =>
  daemonDrifts(situation(given)).map(({ id, action }) => `${id} ${action}`);

const fileAfter = (given: Given): string => {
  const [change] = planDaemon(situation(given), 'apply', null).changes;
  const content = change?.after?.content;
  return content && 'text' in content ? content.text : '(no change)';
};

const MIRROR = `{ mirrors: ['https://m.example.com'] }`;

describe('a dockerd that does not answer', () => {
  const said = (observed: Partial<ObservedDaemon>, declared = MIRROR) =>
    silentDaemon(
      situation({ declared, file: '{"registry-mirrors":["https://m.example.com"]}', observed }),
    );

  test.each([
    ['is stopped', { state: 'stopped', info: null }, /does not run, so nothing/],
    ['runs', { info: null, pid: 7 }, /\(pid 7\) does not answer/],
  ] as const)('and %s has nothing in force, whatever its file says', (_, observed, message) => {
    expect(said(observed)).toMatchObject([
      { code: 'drift-unknown', severity: 'warning', message: expect.stringMatching(message) },
    ]);
  });

  test('is no matter where nothing is declared of it, there is none, or only root may ask', () => {
    expect(said({ state: 'stopped', info: null }, '{}')).toEqual([]);
    expect(said({ state: 'absent', info: null })).toEqual([]);
    expect(said({ info: null, forbidden: true })).toEqual([]);
    expect(said({ info: {} })).toEqual([]);
  });
});

describe('a drift', () => {
  test.each<[string, Given, string[]]>([
    ['nothing is declared', { declared: '{}', file: '{broken' }, []],
    ['a key is missing', { declared: MIRROR, file: '{}' }, ['daemon:/registry-mirrors reload']],
    [
      'a key differs that is read at start only',
      { declared: `{ daemon: { 'log-driver': 'local' } }`, file: '{"log-driver":"journald"}' },
      ['daemon:/log-driver restart'],
    ],
    [
      'a member of an object differs, others have theirs',
      {
        declared: `{ daemon: { 'log-opts': { 'max-size': '1m' } } }`,
        file: '{"log-opts":{"max-size":"2m","max-file":"9"}}',
      },
      ['daemon:/log-opts/max-size restart'],
    ],
    [
      'a slash at the end of a mirror is none',
      { declared: MIRROR, file: '{"registry-mirrors":["https://m.example.com/"]}' },
      [],
    ],
    [
      'the order inside a set is none',
      { declared: `{ insecure: ['a:1', 'b:2'] }`, file: '{"insecure-registries":["b:2","a:1"]}' },
      [],
    ],
    [
      'a default that is not written is none',
      { declared: '{ daemon: { debug: false } }', file: '{}' },
      [],
    ],
    [
      'a key that shall not be there is one',
      { declared: `{ daemon: { 'data-root': null } }`, file: '{"data-root":"/x"}' },
      ['daemon:/data-root restart'],
    ],
    [
      'an insecure registry is looked for among those of others',
      {
        declared: `{ registries: { 'old:5000': { insecure: true } } }`,
        file: '{"insecure-registries":["a:1"]}',
      },
      ['daemon:/insecure-registries=old:5000 reload'],
    ],
    [
      'dockerd compares insecure registries letter for letter',
      {
        declared: `{ registries: { 'old:5000': { insecure: true } } }`,
        file: '{"insecure-registries":["Old:5000"]}',
      },
      ['daemon:/insecure-registries=old:5000 reload'],
    ],
    [
      'the file says it and the daemon has it not',
      {
        declared: MIRROR,
        file: '{"registry-mirrors":["https://m.example.com"]}',
        info: { RegistryConfig: { Mirrors: [] } },
      },
      ['daemon:loaded:registry-mirrors reload'],
    ],
    [
      'file and daemon agree',
      {
        declared: MIRROR,
        file: '{"registry-mirrors":["https://m.example.com"]}',
        info: { RegistryConfig: { Mirrors: ['https://m.example.com/'] } },
      },
      [],
    ],
    ['the file is half-written', { declared: MIRROR, file: '{"registry-' }, ['daemon: reload']],
    [
      'the file is gone and its last good content known',
      { declared: MIRROR, file: null, good: '{"debug":true}' },
      ['daemon: reload'],
    ],
    [
      'the file is gone and nothing known',
      { declared: MIRROR, file: null },
      ['daemon:/registry-mirrors reload'],
    ],
    [
      'dockerd was started with another file',
      {
        declared: MIRROR,
        file: '{"registry-mirrors":["https://m.example.com"]}',
        readsInstead: '/o',
      },
      ['daemon:config-file none'],
    ],
  ])('%s', (_, given, expected) => {
    expect(driftsOf(given)).toEqual(expected);
  });

  test('names the place, the old and the new value, and no password', () => {
    const [drift] = daemonDrifts(
      situation({
        declared: `{ daemon: { proxies: { 'http-proxy': 'http://u:secret@p:1' } } }`,
        file: '{\n  "proxies": {"http-proxy": "http://u:other@q:1"}\n}',
      }),
    );
    expect(drift?.finding).toMatchObject({ line: 2, column: 29, subject: 'proxies.http-proxy' });
    expect(drift?.finding.message).toBe(
      'proxies.http-proxy is "http://…@q:1", declared is "http://…@p:1"',
    );
  });

  test('that may be a moment in the work of somebody is doubtful, a whole file is not', () => {
    const doubts = ['{"reg', '', '{"debug":true}'].map(
      (file) => daemonDrifts(situation({ declared: MIRROR, file, good: '{"a":1}' }))[0]?.doubtful,
    );
    expect(doubts).toEqual([true, true, false]);
  });
});

describe('the plan', () => {
  test('grants what is declared and keeps the bytes of the rest', () => {
    const file = '{\n\t"labels": ["a=b"],\n\t"log-opts": {"max-file": "9"}\n}\n';
    const declared = `{ daemon: { debug: true, 'log-opts': { 'max-size': '1m' } } }`;
    expect(fileAfter({ declared, file })).toBe(
      '{\n\t"labels": ["a=b"],\n\t"log-opts": {"max-file": "9", "max-size": "1m"},\n\t"debug": true\n}\n',
    );
  });

  test('is empty where all is as declared', () => {
    const given = { declared: MIRROR, file: '{"registry-mirrors":["https://m.example.com/"]}' };
    const plan = planDaemon(situation(given), 'apply', null);
    expect(plan).toMatchObject({ changes: [], activation: { action: 'none' } });
  });

  test('repairs only what is chosen', () => {
    const given = { declared: `{ daemon: { debug: true, 'log-driver': 'local' } }`, file: '{}' };
    const plan = planDaemon(situation(given), 'repair', new Set(['daemon:/debug']));
    expect(plan.activation.action).toBe('reload');
    expect(plan.changes[0]?.after?.content).toEqual({ text: '{\n  "debug": true\n}' });
  });

  test.each([['{"registry-'], [''], [null]])(
    'brings back the last good file where %j is left of it, by reload',
    (file) => {
      const good = '{"data-root":"/x","registry-mirrors":["https://m.example.com"]}\n';
      const given = { declared: MIRROR, file, good };
      expect(fileAfter(given)).toBe(good);
      expect(planDaemon(situation(given), 'repair', null).activation.action).toBe('reload');
    },
  );

  test('restarts where dockerd was started without the file that comes back', () => {
    const good = '{"data-root":"/x","registry-mirrors":["https://m.example.com"]}\n';
    const given = { declared: MIRROR, file: null, good, goodPid: 1 };
    expect(planDaemon(situation(given), 'repair', null).activation.action).toBe('restart');
  });

  test('does not restart for several members of a start-only key that all come back', () => {
    const opts = '"log-opts":{"max-size":"10m","max-file":"3"}';
    const given = {
      declared: `{ daemon: { ${opts} } }`,
      file: '{"debug":false}',
      good: `{"debug":false,${opts}}`,
    };
    expect(driftsOf(given)).toEqual([
      'daemon:/log-opts/max-size none',
      'daemon:/log-opts/max-file none',
    ]);
    const members = ['daemon:/log-opts/max-size', 'daemon:/log-opts/max-file'];
    const { activation } = planDaemon(situation(given), 'repair', new Set(members));
    expect(activation.action).toBe('none');
    const other = { ...given, good: given.good.replace('10m', '11m') };
    expect(driftsOf(other)).toEqual([
      'daemon:/log-opts/max-size restart',
      'daemon:/log-opts/max-file restart',
    ]);
  });

  test('does not restart for a start-only key that was changed and not yet read', () => {
    const good = '{"log-driver":"local"}';
    const given = {
      declared: `{ daemon: { 'log-driver': 'local' } }`,
      file: '{"log-driver":"none"}',
    };
    expect(planDaemon(situation(given), 'r', null).activation.action).toBe('restart');
    expect(planDaemon(situation({ ...given, good }), 'r', null).activation.action).toBe('none');
  });

  test('tells a daemon that has not what its file says, and looks for it afterwards', () => {
    const plan = planDaemon(
      situation({
        declared: MIRROR,
        file: '{"registry-mirrors":["https://m.example.com"]}',
        info: { RegistryConfig: { Mirrors: [] } },
      }),
      'repair',
      null,
    );
    expect(plan.changes).toEqual([]);
    expect(plan.activation.action).toBe('reload');
    expect(plan.expect).toEqual([
      expect.objectContaining({ kind: 'info', key: 'registry-mirrors' }),
    ]);
  });

  test('starts a dockerd that died of its file', () => {
    const given = {
      declared: MIRROR,
      file: '{"registry-',
      good: '{"registry-mirrors":["https://m.example.com"]}',
    };
    const dead = situation({ ...given, observed: { state: 'failed', pid: null } });
    expect(planDaemon(dead, 'repair', null).activation.action).toBe('restart');
  });

  test('cannot be made where the file is not JSON and nothing better is known', () => {
    const given = situation({ declared: MIRROR, file: '{"registry-' });
    expect(() => planDaemon(given, 'apply', null)).toThrow('/etc/docker/daemon.json:1:');
  });
});
