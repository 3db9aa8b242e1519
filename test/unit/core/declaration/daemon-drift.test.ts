import { describe, expect, test } from '@jest/globals';
import { daemonDrifts } from '../../../../src/core/declaration/daemon-drift.js';
import { situationOf, type DeclaredDaemon } from '../../../support/declared-daemon.js';

const driftsOf = (given: DeclaredDaemon) =>
  daemonDrifts(situationOf(given)).map(({ id, action }) => `${id} ${action}`);

const MIRROR = `{ mirrors: ['https://m.example.com'] }`;

describe('a drift', () => {
  test.each<[string, DeclaredDaemon, string[]]>([
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
      situationOf({
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
      (file) => daemonDrifts(situationOf({ declared: MIRROR, file, good: '{"a":1}' }))[0]?.doubtful,
    );
    expect(doubts).toEqual([true, true, false]);
  });
});
