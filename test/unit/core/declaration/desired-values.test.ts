import { describe, expect, test } from '@jest/globals';
import { parseDeclaration } from '../../../../src/core/declaration/declaration.js';
import {
  applyValue,
  desiredValuesOf,
  isApplied,
} from '../../../../src/core/declaration/desired-values.js';
import { parseDocument } from '../../../../src/core/formats/json/document.js';

const valuesOf = (text: string) => desiredValuesOf(parseDeclaration([{ path: '/d', text }]));
const documentOf = (text: string) => {
  const parsed = parseDocument(Buffer.from(text));
  if (!parsed.ok) throw new Error('no JSON');
  return parsed.document;
};
const applied = (declared: string, text: string) =>
  valuesOf(declared).reduce(applyValue, documentOf(text)).text;

describe('what is declared of daemon.json, value by value', () => {
  test('objects by their members, lists whole, an empty object as it is', () => {
    const values = valuesOf(
      `{ daemon: { 'log-opts': { 'max-size': '1m' }, labels: ['a'], runtimes: {}, debug: null }, mirrors: [] }`,
    );
    expect(values.map(({ id, value }) => [id, value])).toEqual([
      ['daemon:/log-opts/max-size', '1m'],
      ['daemon:/labels', ['a']],
      ['daemon:/runtimes', {}],
      ['daemon:/debug', null],
      ['daemon:/registry-mirrors', []],
    ]);
    expect(values[0]?.declared).toEqual(['daemon', 'log-opts', 'max-size']);
  });

  test('a registry that is insecure for docker is a member of the list', () => {
    const registries = (more: string) => `{ registries: { 'r.test': { insecure: true${more} } } }`;
    expect(valuesOf(registries(''))).toMatchObject([
      { id: 'daemon:/insecure-registries=r.test', match: 'member', value: 'r.test' },
    ]);
    expect(valuesOf(registries(", to: ['podman']"))).toEqual([]);
  });
});

describe('made so', () => {
  test.each([
    ['a value', '{ daemon: { debug: true } }', '{"a":1}', '{"a":1,"debug":true}'],
    [
      'nothing, for null (RFC 7396)',
      '{ daemon: { debug: null } }',
      '{"debug":true,"a":1}',
      '{"a":1}',
    ],
    [
      'one member of an object, and not the others',
      `{ daemon: { 'log-opts': { 'max-size': '1m' } } }`,
      '{"log-opts":{"max-file":"3"}}',
      '{"log-opts":{"max-file":"3","max-size":"1m"}}',
    ],
    [
      'one entry of a list, and not the others',
      `{ registries: { 'r.test': { insecure: true } } }`,
      '{"insecure-registries":["x"]}',
      '{"insecure-registries":["x","r.test"]}',
    ],
  ])('%s', (_, declared, before, after) => {
    expect(applied(declared, before)).toBe(after);
    expect(valuesOf(declared).every((value) => isApplied(documentOf(after), value))).toBe(true);
    expect(valuesOf(declared).every((value) => isApplied(documentOf(before), value))).toBe(false);
    expect(applied(declared, after)).toBe(after);
  });

  test('null for what is not there is so already', () => {
    const declared = `{ daemon: { 'log-opts': { x: null } } }`;
    expect(valuesOf(declared).map((value) => isApplied(documentOf('{ }'), value))).toEqual([true]);
    expect(applied(declared, '{ }')).toBe('{ }');
  });
});
