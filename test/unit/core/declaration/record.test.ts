import { describe, expect, test } from '@jest/globals';
import {
  placeOf,
  record,
  valueAt,
  type DeclaredStatement,
} from '../../../../src/core/declaration/record.js';
import { parseSettings } from '../../../../src/core/formats/json/json5-settings.js';
import type { Json } from '../../../../src/core/formats/json/json-object.js';

const OWN = '/etc/dockerctl/dockerctl.d/recorded.json5';
const THEIRS = { path: '/etc/dockerctl/dockerctl.json5', text: `{\n  daemon: { debug: true },\n}` };
const says = (path: readonly string[], value: Json | undefined): DeclaredStatement => ({
  ...{ path, say: () => value },
});
const recorded = (own: string | null, statements: readonly DeclaredStatement[]) => {
  const mine = own === null ? [] : [{ path: OWN, text: own }];
  const { text, notes } = record([THEIRS, ...mine], OWN, statements);
  return { value: text === null ? null : parseSettings(text, OWN), notes };
};

describe('what a command changed is recorded in the file that no person writes', () => {
  test('beside what stands there', () => {
    expect(recorded('{ mirrors: [] }', [says(['daemon', 'labels'], ['a'])])).toEqual({
      value: { mirrors: [], daemon: { labels: ['a'] } },
      notes: [],
    });
    expect(recorded(null, [says(['insecure'], ['r'])]).value).toEqual({ insecure: ['r'] });
  });

  test('what is declared no more goes, and a table that is left empty with it', () => {
    const own = '{ cas: { corp: { pem: "x" } }, mirrors: [] }';
    expect(recorded(own, [says(['cas', 'corp'], undefined)]).value).toEqual({ mirrors: [] });
  });

  test('what is so already changes nothing', () => {
    expect(recorded('{ mirrors: [] }', [says(['mirrors'], [])])).toEqual({
      value: null,
      notes: [],
    });
    expect(recorded(null, [says(['daemon', 'debug'], true)])).toEqual({ value: null, notes: [] });
  });

  test('what its author declared otherwise is left to them, and said with its place', () => {
    expect(recorded(null, [says(['daemon', 'debug'], false)])).toEqual({
      value: null,
      notes: [`not recorded: daemon.debug is declared otherwise at ${THEIRS.path}:2:20`],
    });
    const also = { ...says(['mirrors'], []), also: ['daemon', 'debug'] };
    expect(recorded(null, [also]).notes).toHaveLength(1);
  });
});

test('where a path is declared', () => {
  expect(placeOf([THEIRS], ['daemon', 'debug'])).toMatchObject({ file: THEIRS.path, value: true });
  expect(placeOf([THEIRS], ['daemon', 'labels'])).toBeNull();
});

test('a value by its path, of own members alone', () => {
  expect(valueAt({ a: { b: 1 } }, ['a', 'b'])).toBe(1);
  expect(valueAt({ a: 1 }, ['a', 'b'])).toBeUndefined();
  expect(valueAt({}, ['constructor'])).toBeUndefined();
});
