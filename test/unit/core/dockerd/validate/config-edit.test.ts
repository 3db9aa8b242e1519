import { describe, expect, test } from '@jest/globals';
import { parseDocument } from '../../../../../src/core/formats/json/document.js';
import { applyFix, type ConfigFix } from '../../../../../src/core/dockerd/validate/config-edit.js';

function fixed(text: string, fix: ConfigFix): string {
  const parsed = parseDocument(Buffer.from(text));
  if (!parsed.ok) throw new Error('no JSON');
  return applyFix(parsed.document, fix).text;
}

describe('nothing but the value and its comma change', () => {
  test.each<[string, ConfigFix, string]>([
    ['{ "a": 1,  "b": 2 }', { remove: ['a'] }, '{ "b": 2 }'],
    ['{"dns": ["x",  "y"]}', { remove: ['dns', '0'] }, '{"dns": ["y"]}'],
    ['{"a":  "1", "b": 2}', { set: ['a'], to: 1 }, '{"a":  1, "b": 2}'],
    ['{"graph" : "/x"}', { rename: 'graph', to: 'data-root' }, '{"data-root" : "/x"}'],
    ['{"label": "a=1"}', { rename: 'label', to: 'labels', as: ['a=1'] }, '{"labels": ["a=1"]}'],
  ])('%s with %j', (text, fix, expected) => {
    expect(fixed(text, fix)).toBe(expected);
  });

  test('a value goes to another place', () => {
    const text = '{"https-proxy": "http://p:1", "debug": true}';
    const moved = fixed(text, { move: ['https-proxy'], to: ['proxies', 'https-proxy'] });
    expect(JSON.parse(moved)).toEqual({ debug: true, proxies: { 'https-proxy': 'http://p:1' } });
  });
});

test('what is not there, or would be written over, is left alone', () => {
  const move: ConfigFix = { move: ['a'], to: ['b'] };
  expect(fixed('{"b": 1}', move)).toBe('{"b": 1}');
  expect(fixed('{"a": 1, "b": 2}', move)).toBe('{"a": 1, "b": 2}');
});
