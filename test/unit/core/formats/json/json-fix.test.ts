import { describe, expect, test } from '@jest/globals';
import { fixText, withAside } from '../../../../../src/core/formats/json/json-fix.js';

const fixed = (text: string) => fixText(Buffer.from(text))?.document.text ?? null;

describe('fixText', () => {
  test.each([
    ['typographic quotes', '{“debug”: true, "a": “b”}', '{"debug": true, "a": "b"}'],
    [
      'a missing comma',
      '{\n  "debug": true\n  "tls": false\n}',
      '{\n  "debug": true,\n  "tls": false\n}',
    ],
    ['a doubled comma', '{"a": 1,, "b": 2}', '{"a": 1, "b": 2}'],
    ['full-width marks', '{"a"： 1， "b": 2｝', '{"a": 1, "b": 2}'],
    [
      'True, FALSE and None',
      '{"a": True, "b": FALSE, "c": None}',
      '{"a": true, "b": false, "c": null}',
    ],
    ['a trailing comma and a comment', '{\n  "a": 1, // one\n}\n', '{\n  "a": 1\n}\n'],
    ['a heredoc around it', 'cat > daemon.json <<EOF\n{"a": 1}\nEOF\n', '{"a": 1}\n'],
    ['several of them', '{“a”: True\n "b": [1,,2],}', '{"a": true,\n "b": [1,2]}'],
  ])('fixes %s, and nothing else', (_, text, expected) => {
    expect(fixed(text)).toBe(expected);
  });

  test.each([
    ['a truncated file', '{"a": [1'],
    ['two objects with one key', '{"a": 1, "b": 1}\n{"b": 2}'],
    ['a merge conflict', '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> x\n}'],
    ['a web page', '<!doctype html>'],
    ['what is larger than any daemon.json', `{"labels": [${'"a=b", '.repeat(20_000)}]}`],
    ['latin-1', Buffer.from('{"a": "\u00e9"}', 'latin1').toString('latin1')],
  ])('leaves %s alone', (name, text) => {
    const bytes = name === 'latin-1' ? Buffer.from(text, 'latin1') : Buffer.from(text);
    expect(fixText(bytes)).toBeNull();
  });

  test('a value that may be anything is set aside', () => {
    const found = fixText(Buffer.from('{"a": undefined, "b": 1,}'));
    expect(found?.aside).toEqual([{ code: 'bad-literal', line: 1, text: 'undefined' }]);
    expect(withAside(found?.document.text ?? '', found?.aside ?? [])).toBe(
      '{"a": undefined, "b": 1}',
    );
  });

  test('a key that stands twice is for its author, and what else is wrong is fixed', () => {
    const found = fixText(Buffer.from('{"a": 1, "a": True,}'));
    expect(found?.aside).toEqual([{ code: 'duplicate-key', line: 1, text: '"a"' }]);
    expect(withAside(found?.document.text ?? '', found?.aside ?? [])).toBe('{"a": 1, "a": true}');
  });

  test('words behind a value are a comment', () => {
    const found = fixText(Buffer.from('{\n  "mtu": 1400   <- jumbo frames need 9000\n}\n'));
    expect(found?.document.text).toBe('{\n  "mtu": 1400\n}\n');
    expect(found?.comments).toEqual([{ line: 2, text: '// <- jumbo frames need 9000' }]);
  });

  test('ends on what is long and broken', () => {
    expect(fixed(`{${'"a" '.repeat(3000)}}`)).toBeNull();
  });
});
