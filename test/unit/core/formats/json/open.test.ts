import { describe, expect, test } from '@jest/globals';
import { openDocument } from '../../../../../src/core/formats/json/open.js';

const thrown = (text: string): unknown => {
  try {
    return openDocument(Buffer.from(text), '/etc/docker/daemon.json').text;
  } catch (error) {
    return error;
  }
};

describe('openDocument', () => {
  test('gives the document', () => {
    expect(thrown('{"a": 1}')).toBe('{"a": 1}');
  });

  test.each([
    ['not-strict-json', '3:3', '{\n  "a": 1\n  // why\n}'],
    ['invalid-json', '3:8', '{\n  // why\n  "a": 1\n  "b": 2\n}'],
    ['duplicate-key', '1:10', '{"a": 1, "a": 2}'],
    ['duplicate-key', '3:1', '{ // why\n"a": 1,\n"a": 2}'],
  ])('throws %s at %s', (code, place, text) => {
    expect(thrown(text)).toMatchObject({
      code,
      message: expect.stringContaining(`/etc/docker/daemon.json:${place}: `),
    });
  });

  test('shows the line with a caret, and says what --yes would do', () => {
    expect(thrown('{\n  "a": 1, # why\n}')).toMatchObject({
      message:
        '/etc/docker/daemon.json:2:11: a comment: dockerd reads JSON, which has none\n' +
        '  "a": 1, # why\n          ^',
      hint: 'remove it; or the same command with --yes: it writes strict JSON and keeps comments in /etc/docker/daemon.json.comments',
    });
  });
});
