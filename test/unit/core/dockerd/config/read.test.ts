import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../../../../../src/core/dockerd/config/read.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';

const read = (text: string | Uint8Array, version: string) =>
  readConfig(typeof text === 'string' ? Buffer.from(text) : text, parseVersion(version)!);
const problems = (text: string | Uint8Array, version: string) =>
  read(text, version).problems.map(({ problem, stops }) => `${problem.code} ${stops}`);
const pairs = (text: string, version = '26.1.5') => read(text, version).pairs;

/** `dockerd --validate` of 26.1 and starts of 20.10: moby#44777 changed how the file is decoded. */
describe('old engines and new ones', () => {
  const le = Buffer.from('\ufeff{"debug": true}', 'utf16le');
  test.each<[string, string | Buffer, string[], string[]]>([
    ['an empty file', '', ['empty-file both'], []],
    ['white space', ' \n', ['empty-file both'], []],
    ['a BOM', '\ufeff{}', ['byte-order-mark both'], []],
    ['UTF-16 with a BOM', le, ['byte-order-mark both'], []],
    [
      'Latin-1',
      Buffer.from('{"labels": ["a=\xe9"]}', 'latin1'),
      ['invalid-utf-8 nothing'],
      ['invalid-utf-8 both'],
    ],
    ['what follows the value', '{} x', ['trailing-content nothing'], ['trailing-content both']],
    ['two objects', '{}\n{"debug": true}', ['second-value nothing'], ['second-value both']],
    ['null', 'null', [], []],
    ['a list', '[]', ['wrong-root both'], ['wrong-root both']],
    ['a comment', '{} // x', ['comment nothing'], ['comment both']],
    ['a comment inside', '{ // x\n}', ['comment both'], ['comment both']],
    ['no-break spaces around', '\u00a0{}\u00a0', ['nbsp both', 'nbsp both'], []],
    [
      'UTF-16 without a BOM',
      Buffer.from('{}', 'utf16le'),
      ['utf-16-without-bom both'],
      ['utf-16-without-bom both'],
    ],
  ])('%s', (_, text, old, recent) => {
    expect(problems(text, '20.10.24')).toEqual(old);
    expect(problems(text, '26.1.5')).toEqual(recent);
  });
});

/** encoding/json: the last of equal names counts, and a struct is merged. */
describe('the members, as Go decodes them', () => {
  test.each<[string, unknown]>([
    [
      '{"a": 1, "a": 2}',
      [
        ['a', 1],
        ['a', 2],
      ],
    ],
    ['{"\\u0061": "\\u00e9"}', [['a', 'é']]],
    ['{"log-opts": {"a": "1", "a": "2"}}', [['log-opts', { a: '2' }]]],
    [
      '{"mtu": 9223372036854775807}',
      [['mtu', 9223372036854775807n]].map(([k, v]) => [k, Number(v)]),
    ],
    ['{"mtu": 1.5}', [['mtu', 1.5]]],
    ['{"x": [null, true, "a", {}]}', [['x', [null, true, 'a', {}]]]],
    ['null', []],
  ])('%s', (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  test.each(['1e3', '1.0', '9223372036854775808', '-9223372036854775809'])(
    '%s is a number that no key of integers takes',
    (number) => {
      expect(pairs(`{"mtu": ${number}, "mtu": 1}`)).toEqual([
        ['mtu', NaN],
        ['mtu', 1],
      ]);
    },
  );

  test('a number beyond a float64 is Infinity', () => {
    expect(pairs('{"mtu": 1e999, "mtu": 1}')[0]).toEqual(['mtu', Infinity]);
  });

  test('__proto__ is a name as others are', () => {
    const [[name, value] = []] = pairs('{"labels": 1, "__proto__": {"debug": true}}').slice(1);
    expect(name).toBe('__proto__');
    expect(value).toEqual({ debug: true });
  });
});

test('what is meant is read over a mistake, and leads back to its place', () => {
  const text = '{\'debug\': True, "mtu": 1400,}';
  const found = read(text, '26.1.5');
  expect(found.pairs).toEqual([
    ['debug', true],
    ['mtu', 1400],
  ]);
  expect(found.problems.map(({ problem }) => problem.code)).toEqual([
    'single-quotes',
    'bad-literal',
    'trailing-comma',
  ]);
  const at = found.source?.text.indexOf('true') ?? -1;
  expect(found.back?.(at)).toBe(text.indexOf('True'));
});
