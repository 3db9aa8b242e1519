import { describe, expect, test } from '@jest/globals';
import { readYaml, setYaml } from '../../../../src/core/formats/yaml-edit.js';

const KEYS = ['http', 'tls', 'key'];
const set = (text: string): string => setYaml({ path: 'config.yml', text }, KEYS, '/a.key');

describe('setYaml', () => {
  test('fills in a map that is empty, or missing', () => {
    for (const text of [
      '',
      '# nothing\n',
      'http:\n',
      'http:\n  tls:\n',
      'http:\n  tls: {}\n',
      'a: 1\n',
    ])
      expect(readYaml({ path: 'config.yml', text: set(text) }, KEYS)).toBe('/a.key');
  });

  test.each([
    ['a text', 'just words\n'],
    ['a list', '- a\n'],
    ['a value where a map belongs', 'http: 5\n'],
    ['a list where a map belongs', 'http:\n  tls: [a]\n'],
    ['a key that is a map', 'http:\n  tls:\n    ? {a: b}\n    : c\n  ? tls: x\n'],
  ])('refuses %s and names the key', (_, text) => {
    expect(() => set(text)).toThrow(
      expect.objectContaining({
        code: 'invalid-value',
        message: expect.stringContaining('config.yml'),
      }),
    );
  });

  test.each([
    ['a reference to nothing, which would have to be written again', 'http: {port: 1}\n<<: *a'],
    ['lists in lists in lists', '- '.repeat(30_000)],
    ['maps in maps in maps', `a${' : :'.repeat(15_000)}`],
  ])('refuses %s', (_, text) => {
    expect(() => set(text)).toThrow(expect.objectContaining({ code: 'invalid-value' }));
  });

  test('neither expands aliases of aliases nor reads a megabyte of brackets', () => {
    const bomb = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`);
    expect(set(`a0: &a0 [x, x]\n${bomb.join('')}`)).toContain('/a.key');
    expect(() => set('['.repeat(1_000_000))).toThrow(
      expect.objectContaining({ code: 'invalid-value' }),
    );
  });
});
