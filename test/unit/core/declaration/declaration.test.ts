import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { declaresNothing, parseDeclaration } from '../../../../src/core/declaration/declaration.js';
import { isDockerctlError } from '../../../../src/errors.js';

const one = (text: string) => parseDeclaration([{ path: '/etc/d.json5', text }]);

describe('a declaration', () => {
  test('that is empty declares nothing and reports only', () => {
    expect(parseDeclaration([])).toEqual(one(''));
    expect(one('{}')).toMatchObject({
      daemon: {},
      registries: {},
      restart: 'never',
      record: 'never',
      drift: { default: 'report' },
      agent: { debounce: '500ms', scan: '5m' },
    });
  });

  test('declares nothing when it only says how, never what', () => {
    expect(declaresNothing(one(`{ restart: 'always', agent: { scan: '1m' } }`))).toBe(true);
    expect(declaresNothing(one('{ mirrors: [] }'))).toBe(false);
    expect(declaresNothing(one(`{ cas: { a: { file: '/a' } } }`))).toBe(false);
  });

  test('is joined from its files, objects by key', () => {
    const joined = parseDeclaration([
      { path: '/a', text: `{ daemon: { debug: true, 'log-opts': { 'max-size': '1m' } } }` },
      {
        path: '/b',
        text: `{ daemon: { 'log-opts': { 'max-file': '3' }, debug: true }, mirrors: [] }`,
      },
    ]);
    expect(joined.daemon).toEqual({
      debug: true,
      'log-opts': { 'max-size': '1m', 'max-file': '3' },
    });
    expect(joined.mirrors).toEqual([]);
  });
});

describe('a wrong declaration', () => {
  test.each([
    ['{ daemon: [] }', '/etc/d.json5:1:11: daemon:'],
    ['{\n  mirors: []\n}', '/etc/d.json5:2:11: mirors: is not known here; the nearest is mirrors'],
    [`{ drift: { deamon: 'repair' } }`, 'drift.deamon: is not known here; the nearest is daemon'],
    [`{ registries: { 'r:5000': { insecur: true } } }`, 'the nearest is insecure'],
    [`{ certificates: { a: { deploy: [{ habor: '/h' }] } } }`, 'the nearest is harbor'],
    [`{ zzz: 1 }`, 'zzz: is not known here'],
    [`{ restart: 'sometimes' }`, '/etc/d.json5:1:12: restart:'],
    [`{ registries: { 'r:5000': { ca: {} } } }`, 'exactly one of file, pem and fingerprint'],
    [`{ registries: { 'r:5000': { cert: '/a' } } }`, 'both cert and key'],
    [
      `{ registries: { 'r:5000': { ca: { file: '/a' }, to: ['docker', 'java'] } } }`,
      'registries.r:5000.to.1: the agent does not keep the stores of java: run dockerctl trust',
    ],
    [`{ registries: { 'r:5000': { insecure: true, to: ['system'] } } }`, 'must have a ca'],
    [`{ registries: { 'docker.io': {} } }`, 'registries."docker.io"'],
    [`{ registries: { 'a b': {} } }`, 'is not a registry name'],
    [`{ cas: { '../x': { file: '/a' } } }`, 'must be a plain name'],
    [
      `{ windows: { allow: ['now'] } }`,
      '/etc/d.json5:1:22: windows.allow.0: "now" is not a window',
    ],
    [`{ windows: { timezone: 'Mars' } }`, 'must be the name of a time zone'],
    [`{ agent: { listen: '0.0.0.0:80' } }`, 'on the loopback'],
    [`{ agent: { scan: 'often' } }`, 'is not a duration'],
    [`{ agent: { debounce: '500' } }`, '500 has no unit'],
    [`{ config: 'daemon.json' }`, 'must be an absolute path'],
    [`{ daemon: { '__proto__': 1 } }`, 'is not known here'],
    ['[]', '/etc/d.json5:1:1: a declaration is an object'],
    ['{ daemon: }', '/etc/d.json5:1:11 is not JSON5'],
  ])('%j is refused with the place', (text, message) => {
    const error = thrownBy(() => one(text));
    expect(isDockerctlError(error) && error.code).toBe('invalid-declaration');
    expect(error).toHaveProperty('message', expect.stringContaining(message));
  });

  test('names both files that say different things', () => {
    const error = thrownBy(() =>
      parseDeclaration([
        { path: '/a', text: '{ daemon: { debug: true } }' },
        { path: '/b', text: '{\n  daemon: { debug: false },\n}' },
      ]),
    );
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining('/b:2:20: daemon.debug: is said differently in /a'),
    );
  });

  test('tells of all its mistakes at once', () => {
    const error = thrownBy(() => one(`{ restart: 1, record: 2 }`));
    expect(error).toHaveProperty('details.problems', [
      expect.objectContaining({ line: 1, column: 12 }),
      expect.objectContaining({ line: 1, column: 23 }),
    ]);
  });
});

describe('what is shipped', () => {
  test('the documented example is a declaration', () => {
    const path = 'templates/dockerctl.json5';
    const example = parseDeclaration([{ path, text: readFileSync(path, 'utf8') }]);
    expect(example.restart).toBe('window');
  });
});

function thrownBy(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('of a thousand mistakes the first ten are told, and looked up', () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `'r${i}.test': { trsut: 1 }`);
  const text = `{ registries: { ${names.join(', ')} } }`;
  let details: unknown = null;
  try {
    parseDeclaration([{ path: 'f', text }]);
  } catch (error) {
    details = isDockerctlError(error) ? error.details : error;
  }
  expect((details as { readonly problems: unknown }).problems).toHaveLength(10);
});
