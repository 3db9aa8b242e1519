import { expect, test } from '@jest/globals';
import {
  anchorFiles,
  isDebianTool,
} from '../../../../../../src/core/trust/consumers/system/anchor-files.js';
import { SYSTEM_STORES } from '../../../../../../src/core/trust/consumers/system/system-stores.js';
import { treeOf } from '../../../../../support/doctor-facts.js';

const store = (system: string) => SYSTEM_STORES.find(({ systems }) => systems.includes(system))!;

test('update-ca-certificates of Debian, and of those that took it over', () => {
  expect(
    ['debian', 'alpine', 'fedora', 'suse', 'arch'].filter((one) => isDebianTool(store(one))),
  ).toEqual(['debian', 'alpine']);
});

test('the tool of Debian goes into folders, that of Fedora does not', () => {
  const [debian, fedora] = [store('debian'), store('fedora')];
  const below = (folder: string) =>
    treeOf({ [`${folder}/a.crt`]: 'x', [`${folder}/corp/deep/b.crt`]: 'x' });
  expect(anchorFiles(below(debian.anchors), debian)).toEqual([
    `${debian.anchors}/a.crt`,
    `${debian.anchors}/corp/deep/b.crt`,
  ]);
  expect(anchorFiles(below(fedora.anchors), fedora)).toEqual([`${fedora.anchors}/a.crt`]);
});

test('of a folder that was not read yet its name is told', () => {
  const debian = store('debian');
  const snapshot = new Map([[debian.anchors, { kind: 'folder', names: ['corp'] } as const]]);
  expect(anchorFiles(snapshot, debian)).toEqual([`${debian.anchors}/corp`]);
  expect(anchorFiles(new Map(), debian)).toEqual([]);
});
