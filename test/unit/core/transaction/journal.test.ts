import { describe, expect, test } from '@jest/globals';
import {
  decodeEntry,
  encodeEntry,
  type JournalEntry,
} from '../../../../src/core/transaction/journal.js';

const entry: JournalEntry = {
  ...{ generation: 7, state: 'applied', title: 'é \u2028 "x"', commandLine: 'mirrors clear' },
  ...{ user: 'ada', startedAt: 0, bootId: 'boot 1', targets: [], folders: [], prune: [] },
  ...{ refresh: [], activation: { action: 'restart', reasons: [] }, config: null },
  undo: { action: 'restart', expect: [], dependents: [] },
  ...{ wasRunning: true, deadline: null, result: null },
};

describe('the text of the journal', () => {
  const text = encodeEntry(entry);

  test('is one line, and read back as it was written', () => {
    expect(text.trimEnd().split('\n')).toHaveLength(1);
    expect(text.endsWith('\n')).toBe(true);
    expect(decodeEntry(text)).toEqual(entry);
  });

  test('is not believed when a byte is missing or another', () => {
    for (let at = 0; at < text.length - 1; at += 1) {
      expect(decodeEntry(text.slice(0, at))).toBeNull();
      expect(decodeEntry(`${text.slice(0, at)}#${text.slice(at + 1)}`)).toBeNull();
    }
  });

  test.each(['', 'null', '[]', '{}', '1', '"x"', '{"entry":1,"sha256":1}', '\0\0'])(
    '%j is none',
    (other) => {
      expect(decodeEntry(other)).toBeNull();
    },
  );

  test('what follows it is no part of it', () => {
    expect(decodeEntry(`${text}{}`)).toBeNull();
    expect(decodeEntry(`${text}\n \n`)).toEqual(entry);
  });
});
