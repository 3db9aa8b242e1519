import { describe, expect, test } from '@jest/globals';
import { after, drop, put } from '../../../../../src/core/trust/contributions/contribution.js';
import { fileAt, namesIn } from '../../../../../src/core/plan/snapshot.js';
import { imageOf, treeOf } from '../../../../support/doctor-facts.js';

const before = { ...imageOf('x'), mode: 0o640, uid: 1, gid: 2 };
const snapshot = treeOf({ '/d/a': before });

describe('the change that makes a file be something', () => {
  test('keeps mode and owner of one that is there; a new one is root’s', () => {
    const wanted = { content: { text: 'y' }, mode: 0o644 };
    expect(put(snapshot, '/d/a', wanted)).toEqual([
      { path: '/d/a', before, after: { ...before, content: { text: 'y' } } },
    ]);
    expect(put(snapshot, '/d/b', wanted)).toEqual([
      { path: '/d/b', before: null, after: { ...wanted, uid: 0, gid: 0 } },
    ]);
  });

  test('is none where it is that already', () => {
    expect(put(snapshot, '/d/a', { content: { text: 'x' }, mode: 0o644 })).toEqual([]);
  });

  test('closes one that is to hold a secret', () => {
    const content = { secret: 'a'.repeat(64), size: 1 };
    expect(put(snapshot, '/d/a', { content, mode: 0o600 })).toMatchObject([
      { after: { content, mode: 0o600, uid: 1, gid: 2 } },
    ]);
  });
});

test('the change that removes a file is none where there is none', () => {
  expect(drop(snapshot, '/d/a')).toEqual([{ path: '/d/a', before, after: null }]);
  expect(drop(snapshot, '/d/b')).toEqual([]);
});

test('a snapshot after changes has the files, and their names in their folders', () => {
  const wanted = { content: { text: 'y' }, mode: 0o644 };
  const changes = [...put(snapshot, '/d/b', wanted), ...drop(snapshot, '/d/a')];
  const then = after(snapshot, changes);
  expect([fileAt(then, '/d/a'), namesIn(then, '/d')]).toEqual([null, ['b']]);
  expect(fileAt(snapshot, '/d/a')).toEqual(before);
  expect(after(snapshot, [])).toBe(snapshot);
});
