import { describe, expect, test } from '@jest/globals';
import { readGeneration, readPlan } from '../../../../src/core/transaction/parse-history.js';

const GENERATION = {
  generation: 7,
  title: 'mirrors set',
  commandLine: 'mirrors set https://m',
  user: 'root',
  startedAt: 1,
  folders: [],
  targets: [{ path: '/etc/docker/daemon.json', before: null, after: { sha256: 'a' } }],
  result: { status: 'applied', error: null, activated: { how: 'reload' } },
};
const PLAN = {
  title: 'mirrors set',
  changes: [
    {
      path: '/etc/docker/daemon.json',
      before: null,
      after: { content: { text: '{}' }, mode: 420, uid: 0, gid: 0 },
    },
  ],
  prune: [],
  refresh: [],
  activation: { action: 'reload', reasons: [] },
  expect: [],
  notes: [],
};

describe('history on disk', () => {
  test('is read back as it was written', () => {
    expect(readGeneration(JSON.stringify(GENERATION))).toEqual(GENERATION);
    expect(readPlan(JSON.stringify(PLAN))).toEqual(PLAN);
  });

  test.each<[string, object]>([
    ['no time', { startedAt: 'yesterday' }],
    ['a time that no calendar has', { startedAt: 1e300 }],
    ['no files', { targets: null }],
    ['a file without a name', { targets: [{ before: null, after: null }] }],
    ['no result', { result: undefined }],
    ['another end', { result: { ...GENERATION.result, status: 'perhaps' } }],
  ])('a generation with %s is none', (_, damage) => {
    expect(readGeneration(JSON.stringify({ ...GENERATION, ...damage }))).toBeNull();
  });

  test.each<[string, object]>([
    ['no changes', { changes: 'many' }],
    [
      'a file of two contents',
      {
        changes: [
          {
            ...PLAN.changes[0],
            after: { content: { text: '', secret: '' }, mode: 0, uid: 0, gid: 0 },
          },
        ],
      },
    ],
    [
      'a mode that is a text',
      {
        changes: [
          { ...PLAN.changes[0], after: { content: { text: '' }, mode: '644', uid: 0, gid: 0 } },
        ],
      },
    ],
    ['a command that is a line', { refresh: [{ argv: 'rm -rf /' }] }],
    ['no activation', { activation: null }],
  ])('a plan with %s is none', (_, damage) => {
    expect(readPlan(JSON.stringify({ ...PLAN, ...damage }))).toBeNull();
  });

  test('what is no JSON is nothing', () => {
    for (const text of ['', 'null', '[]', '{', '\0\0\0\0']) {
      expect(readGeneration(text)).toBeNull();
      expect(readPlan(text)).toBeNull();
    }
  });
});
