import { describe, expect, test } from '@jest/globals';
import {
  assertSafe,
  type Care,
  type FileNode,
  type PathStep,
} from '../../../../src/core/text/safe-path.js';

const [U1, HARBOR, PERSON] = [1001, 10_000, 1000];

const node = (kind: string, mode: number, more: Partial<FileNode> = {}): FileNode => ({
  ...{ kind, mode, uid: 0, gid: 0, links: 1 },
  ...more,
});

const ROOTS = node('folder', 0o755);
const TMP = node('folder', 0o1777);
const OPEN = node('folder', 0o777);
const THEIRS = node('folder', 0o755, { uid: U1, gid: U1 });
const GROUPS = node('folder', 0o2775, { gid: 50 });
const FILE = node('file', 0o600);
const link = (uid: number) => node('link', 0o777, { uid });

/** What becomes of /place/key, where `holder` is /place and `there` what stands under the name. */
function verdict(holder: FileNode, there: FileNode | null, care: Care, owner?: number): string {
  const steps: PathStep[] = [
    { folder: '/', holder: ROOTS, path: '/place', node: holder },
    { folder: '/place', holder, path: '/place/key', node: there },
  ];
  const uids = [0, PERSON, ...(owner === undefined ? [] : [owner])];
  try {
    assertSafe('/place/key', steps, { ours: { uids, gids: [0], linkers: [0] }, care });
    return 'written';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a link', () => {
  test.each([
    ['of root in a folder of root', ROOTS, link(0), 'written'],
    ['that root moved there from a user', ROOTS, link(U1), 'written'],
    ['of root in /tmp', TMP, link(0), 'written'],
    ['of a user in /tmp', TMP, link(U1), 'every user can exchange'],
    ['of root in /tmp, by a second name', TMP, { ...link(0), links: 2 }, 'every user can exchange'],
    ['of root where everybody may write', OPEN, link(0), 'every user can exchange'],
    ['of root where a group may write', GROUPS, link(0), 'group 50 can exchange'],
    ['of root in a folder of a user', THEIRS, link(0), 'uid 1001 can exchange'],
    [
      'in the home of the person behind sudo',
      { ...ROOTS, uid: PERSON },
      link(PERSON),
      'uid 1000 can exchange',
    ],
  ])('%s', (_, holder, there, outcome) => {
    expect(verdict(holder, there, 'link')).toContain(outcome);
    expect(verdict(holder, there, 'name')).toContain(outcome);
  });

  test('of the service that the file is for is not followed either', () => {
    const data = { ...ROOTS, uid: HARBOR };
    expect(verdict(data, link(HARBOR), 'name', HARBOR)).toContain('uid 10000 can exchange');
  });
});

describe('a file', () => {
  const of = (uid: number) => ({ ...FILE, uid });
  test.each([
    ['of root, in a folder of root', ROOTS, FILE, 'written', 'written'],
    ['that root gave away, in a folder of root', ROOTS, of(U1), 'written', 'written'],
    ['that is not there yet, in /tmp', TMP, null, 'written', 'written'],
    ['of root, in /tmp', TMP, FILE, 'written', 'written'],
    ['of a user, in /tmp', TMP, of(U1), 'belongs to uid 1001', 'belongs to uid 1001'],
    ['with a second name, in /tmp', TMP, { ...FILE, links: 2 }, '2 names', '2 names'],
    ['of a user, where their group may write', GROUPS, of(U1), 'uid 1001', 'uid 1001'],
    ['of root, where a group may write', GROUPS, FILE, 'written', 'written'],
    ['of root, where everybody may write', OPEN, FILE, 'written', 'every user may write'],
    ['of root, in a folder of a user', THEIRS, FILE, 'written', 'belongs to uid 1001'],
    ['that is not there yet, in a folder of a user', THEIRS, null, 'written', 'uid 1001, who'],
    [
      'in the home of the person behind sudo',
      { ...ROOTS, uid: PERSON },
      null,
      'written',
      'written',
    ],
  ])('%s', (_, holder, there, followed, exchanged) => {
    expect(verdict(holder, there, 'link')).toContain(followed);
    expect(verdict(holder, there, 'name')).toContain(exchanged);
  });

  test('in a folder of the service that it is for is written', () => {
    const data = { ...ROOTS, uid: HARBOR };
    expect(verdict(data, of(HARBOR), 'name', HARBOR)).toBe('written');
    expect(verdict(data, of(HARBOR), 'name')).toContain('belongs to uid 10000');
  });
});
