import { describe, expect, test } from '@jest/globals';
import {
  asideName,
  dropInOfFlags,
  fixPlan,
  ofUnit,
  renameFile,
  restrictFile,
  rewriteFile,
} from '../../../../src/core/doctor/fix-plan.js';
import { imageOf, treeOf } from '../../../support/doctor-facts.js';

const before = { ...imageOf('x'), mode: 0o640, uid: 1, gid: 2 };
const snapshot = treeOf({ '/a': before, '/b': 'other' });

test('the plan behind a finding is called by its command', () => {
  expect(fixPlan('x-y', [])).toMatchObject({
    ...{ title: 'doctor --fix x-y', changes: [], refresh: [] },
    activation: { action: 'none' },
  });
});

test('a change of the unit has systemd read it, and dockerd start again', () => {
  expect(ofUnit('why')).toMatchObject({
    refresh: [{ argv: ['systemctl', 'daemon-reload'] }],
    activation: { action: 'restart', reasons: ['why'] },
  });
  expect(dropInOfFlags('docker.service')).toBe(
    '/etc/systemd/system/docker.service.d/zz-dockerctl-flags.conf',
  );
});

describe('a file', () => {
  test('is set aside by a name that nothing has', () => {
    const names = (...taken: string[]) =>
      treeOf(Object.fromEntries(taken.map((name) => [`/d/${name}`, ''])));
    expect(asideName(names('a'), '/d/a', 'broken')).toBe('/d/a.broken');
    expect(asideName(names('a', 'a.broken'), '/d/a', 'broken')).toBe('/d/a.2.broken');
    expect(asideName(names('a', 'a.broken', 'a.2.broken'), '/d/a', 'broken')).toBe('/d/a.3.broken');
  });

  test('goes to another name, as it is', () => {
    expect(renameFile(snapshot, '/a', '/c')).toEqual([
      { path: '/c', before: null, after: before },
      { path: '/a', before, after: null },
    ]);
  });

  test('is not moved over another, and not where there is none', () => {
    expect(renameFile(snapshot, '/a', '/b')).toEqual([]);
    expect(renameFile(snapshot, '/none', '/c')).toEqual([]);
  });

  test('that is written anew keeps its owner and mode', () => {
    expect(rewriteFile(snapshot, '/a', 'y')).toMatchObject([
      { path: '/a', after: { content: { text: 'y' }, mode: 0o640, uid: 1, gid: 2 } },
    ]);
  });

  test('is closed where it is not yet', () => {
    expect(restrictFile(snapshot, '/a', 0o600)).toEqual([
      { path: '/a', before, after: { ...before, mode: 0o600 } },
    ]);
    expect(restrictFile(snapshot, '/a', 0o640)).toEqual([]);
    expect(restrictFile(snapshot, '/none', 0o600)).toEqual([]);
  });
});
