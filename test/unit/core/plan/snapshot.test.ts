import { expect, test } from '@jest/globals';
import type { Content, FileImage } from '../../../../src/core/plan/plan.js';
import {
  bytesAt,
  fileAt,
  namesIn,
  type Snapshot,
  textAt,
} from '../../../../src/core/plan/snapshot.js';

const image = (content: Content): FileImage => ({ content, mode: 0o644, uid: 0, gid: 0 });
const snapshot: Snapshot = new Map([
  ['/text', { kind: 'file' as const, image: image({ text: '\ufeffé' }) }],
  ['/binary', { kind: 'file' as const, image: image({ base64: '/wA=' }) }],
  ['/key', { kind: 'file' as const, image: image({ secret: 'a'.repeat(64), size: 3 }) }],
  ['/folder', { kind: 'folder' as const, names: ['a', 'b'] }],
  ['/socket', { kind: 'other' as const }],
  [
    '/store',
    {
      ...{ kind: 'store' as const, consumer: 'java' as const },
      ...{ image: image({ text: 'x' }), wanted: image({ text: 'y' }) },
    },
  ],
  ['/none', null],
]);

const hex = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString('hex');

test.each([
  ['/text', '\ufeffé', 'efbbbfc3a9', []],
  ['/binary', null, 'ff00', []],
  ['/key', null, null, []],
  ['/folder', null, null, ['a', 'b']],
  ['/socket', null, null, []],
  ['/store', null, null, []],
  ['/none', null, null, []],
  ['/never-asked', null, null, []],
])('%s', (path, text, bytes, names) => {
  expect(textAt(snapshot, path)).toBe(text);
  expect(hex(bytesAt(snapshot, path))).toBe(bytes);
  expect(namesIn(snapshot, path)).toEqual(names);
});

test('only a file has an image', () => {
  const files = [...snapshot.keys()].filter((path) => fileAt(snapshot, path) !== null);
  expect(files).toEqual(['/text', '/binary', '/key']);
});

test('the same content is the same object, so that what is read of it is read once', () => {
  expect(bytesAt(snapshot, '/text')).toBe(bytesAt(snapshot, '/text'));
});
