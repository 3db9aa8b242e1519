import { describe, expect, test } from '@jest/globals';
import {
  nameOf,
  show,
  staleKeys,
  unknownKeys,
} from '../../../../src/core/declaration/stale-keys.js';
import { desiredValuesOf } from '../../../../src/core/declaration/desired-values.js';
import { situationOf, type DeclaredDaemon } from '../../../support/declared-daemon.js';

const MIRROR = `{ mirrors: ['https://m.example.com'] }`;
const FILE = '{"registry-mirrors":["https://m.example.com"]}';
const mirrors = (...list: string[]) => ({ RegistryConfig: { Mirrors: list } });
const stale = (given: DeclaredDaemon) =>
  staleKeys(situationOf(given)).map(({ name, action, unmet }) => [name, action, unmet.length]);

describe('a key that the file has as declared, and the running dockerd has not', () => {
  test('is told with what brings it, and what /info should show', () => {
    expect(stale({ declared: MIRROR, file: FILE, info: mirrors() })).toEqual([
      ['registry-mirrors', 'reload', 1],
    ]);
  });

  test.each<[string, DeclaredDaemon]>([
    ['dockerd has it', { declared: MIRROR, file: FILE, info: mirrors('https://m.example.com/') }],
    ['dockerd does not answer', { declared: MIRROR, file: FILE }],
    ['the file has it not', { declared: MIRROR, file: '{}', info: mirrors() }],
    ['the file says nothing', { declared: MIRROR, file: '{"reg', info: mirrors() }],
    ['it is not declared', { declared: '{}', file: FILE, info: mirrors() }],
  ])('is none where %s', (_, given) => {
    expect(stale(given)).toEqual([]);
  });
});

test('nobody knows of a dockerd that does not answer', () => {
  expect(unknownKeys(situationOf({ declared: MIRROR, file: FILE }))).toEqual([]);
});

test('the key that a value belongs to, and the value for a message', () => {
  const { declaration } = situationOf({
    declared: `{ daemon: { 'log-opts': { 'max-size': '1m' } } }`,
    file: null,
  });
  expect(desiredValuesOf(declaration).map(nameOf)).toEqual(['log-opts']);
  expect(show(['proxies', 'http-proxy'], 'http://u:secret@p:1')).toBe('"http://…@p:1"');
  expect(show(['labels'], ['a'.repeat(300)])).toHaveLength(201);
});
