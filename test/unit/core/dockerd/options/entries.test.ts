import { describe, expect, test } from '@jest/globals';
import {
  addEntries,
  entriesOf,
  type EntryList,
  missingEntries,
  removeEntries,
  setEntries,
} from '../../../../../src/core/dockerd/options/entries.js';
import { type Document, parseText } from '../../../../../src/core/formats/json/document.js';

const mirrors: EntryList = { key: 'registry-mirrors', same: (entry) => entry.replace(/\/$/, '') };

function document(text: string): Document {
  const parsed = parseText(text);
  if (!parsed.ok) throw new Error('not JSON');
  return parsed.document;
}

const two = '{\n  "registry-mirrors": ["https://a/", "https://b"],\n  "debug": true\n}\n';

describe('addEntries', () => {
  test('adds at the end what is not there in any spelling', () => {
    expect(addEntries(document(two), mirrors, ['https://a', 'https://c', 'https://c/']).text).toBe(
      two.replace('"https://b"]', '"https://b", "https://c"]'),
    );
  });

  test('makes the list when there is none', () => {
    const { text } = addEntries(document(''), mirrors, ['https://a']);
    expect(JSON.parse(text)).toEqual({ 'registry-mirrors': ['https://a'] });
  });
});

describe('removeEntries', () => {
  test('takes out every spelling and keeps the rest', () => {
    const three = document('{"registry-mirrors":["https://a","https://b","https://a/"]}');
    expect(removeEntries(three, mirrors, ['https://a']).text).toBe(
      '{"registry-mirrors":["https://b"]}',
    );
  });

  test('leaves the bytes alone when there is nothing to take', () => {
    expect(removeEntries(document(two), mirrors, ['https://z']).text).toBe(two);
  });
});

describe('setEntries', () => {
  test('keeps the text when the meaning is the same', () => {
    expect(setEntries(document(two), mirrors, ['https://a', 'https://b/']).text).toBe(two);
  });

  test('order is meaning: mirrors are tried in it', () => {
    expect(
      entriesOf(setEntries(document(two), mirrors, ['https://b', 'https://a']), mirrors),
    ).toEqual(['https://b', 'https://a']);
  });

  test('an entry given twice is written once', () => {
    expect(
      entriesOf(setEntries(document(two), mirrors, ['https://c', 'https://c/']), mirrors),
    ).toEqual(['https://c']);
  });
});

test('a list that is none is refused with the command that fixes it', () => {
  expect(() => entriesOf(document('{"registry-mirrors":"https://a"}'), mirrors)).toThrow(
    expect.objectContaining({
      code: 'invalid-config',
      message: expect.stringContaining('daemon.json:1:21: registry-mirrors is not a list'),
    }),
  );
});

test('missingEntries names those that are not there', () => {
  expect(missingEntries(document(two), mirrors, ['https://b/', 'https://c'])).toEqual([
    'https://c',
  ]);
});
