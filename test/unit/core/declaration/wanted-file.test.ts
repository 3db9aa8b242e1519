import { describe, expect, test } from '@jest/globals';
import {
  decideFrom,
  documentOf,
  wantedFile,
} from '../../../../src/core/declaration/wanted-file.js';
import { situationOf, type DeclaredDaemon } from '../../../support/declared-daemon.js';
import { imageOf } from '../../../support/doctor-facts.js';

const wanted = (file: string | null, good?: string) => {
  const situation = situationOf({ declared: '{}', file, ...(good !== undefined && { good }) });
  const { from, document, lost } = wantedFile(situation);
  return [from, document.text, lost?.kind ?? null];
};

describe('the file that is gone on from', () => {
  test.each<[string, string | null, string | undefined, readonly (string | null)[]]>([
    ['it is there', '{"a":1}', '{"b":1}', ['good', '{"a":1}', null]],
    [
      'it is not JSON, and the last good one is known',
      '{"a',
      '{"b":1}',
      ['restored', '{"b":1}', 'unreadable'],
    ],
    ['it is empty', '', '{"b":1}', ['restored', '{"b":1}', 'empty']],
    ['it is gone', null, '{"b":1}', ['restored', '{"b":1}', 'missing']],
    ['it is gone, and nothing is known', null, undefined, ['good', '', null]],
    ['it is not JSON, and nothing is known', '{"a', undefined, [null, '', 'unreadable']],
    ['it is not JSON, and neither is the last', '{"a', '{"b', [null, '', 'unreadable']],
  ])('%s', (_, file, good, expected) => {
    expect(wanted(file, good)).toEqual(expected);
  });

  test('is never the last good one of another path', () => {
    const situation = situationOf({ declared: '{}', file: null, good: '{"b":1}' });
    const observed = { ...situation.observed, configPath: '/srv/other.json' };
    expect(wantedFile({ ...situation, observed }).from).toBe('good');
  });
});

/** moby daemon/reload.go: log-driver is read at the start only, debug at a reload. */
describe('how dockerd is told', () => {
  const action = (good: string | null, more: Partial<DeclaredDaemon> = {}) => {
    const given = { declared: '{}', file: '{"log-driver":"none"}', ...more };
    const situation = situationOf({ ...given, ...(good !== null && { good }) });
    const [now, then] = [{ 'log-driver': 'none' }, { 'log-driver': 'local' }];
    return decideFrom(now, then, situation).activation.action;
  };

  test('by a restart; by nothing where the same process still has it from the last good file', () => {
    expect(action(null)).toBe('restart');
    expect(action('{"log-driver":"local"}')).toBe('none');
    expect(action('{"log-driver":"syslog"}')).toBe('restart');
    expect(action('{"log-driver":"local"}', { goodPid: 1 })).toBe('restart');
  });
});

test('a file that says nothing is none', () => {
  expect(documentOf(imageOf('{"a":1}'))?.text).toBe('{"a":1}');
  expect([documentOf(imageOf('')), documentOf(imageOf('{'))]).toEqual([null, null]);
});
