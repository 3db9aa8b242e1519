import { expect, test } from '@jest/globals';
import type { Generation } from '../../../../src/core/transaction/history.js';
import { refusedBefore } from '../../../../src/core/transaction/quarantine.js';

const PATH = '/etc/docker/daemon.json';
const NEW = { path: PATH, sha256: 'new', version: '28.5.2' };

const refused = (before: string | null) =>
  ({
    generation: 7,
    targets: [{ path: PATH, before: before === null ? null : { sha256: before }, after: NEW }],
    result: { refusedBy: '28.5.2' },
  }) as unknown as Generation;

test('a file that dockerd refused is known again', () => {
  expect(refusedBefore([refused('old')], NEW, 0)).not.toBeNull();
  expect(refusedBefore([refused(null)], NEW, 0)).not.toBeNull();
});

test('a file that stood there before is not to blame for a restart that failed', () => {
  expect(refusedBefore([refused('new')], NEW, 0)).toBeNull();
});

test('a refusal that was forgiven is forgotten, and no later one', () => {
  expect(refusedBefore([refused('old')], NEW, 7)).toBeNull();
  expect(refusedBefore([refused('old')], NEW, 6)).not.toBeNull();
});
