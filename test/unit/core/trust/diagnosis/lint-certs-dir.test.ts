import { expect, test } from '@jest/globals';
import type { Snapshot } from '../../../../../src/core/plan/snapshot.js';
import {
  lintCertsDir,
  readsCertsDir,
} from '../../../../../src/core/trust/diagnosis/lint-certs-dir.js';
import { treeOf } from '../../../../support/doctor-facts.js';

const DIR = '/etc/docker/certs.d';
const lint = (snapshot: Snapshot) =>
  lintCertsDir(snapshot, DIR, 'certs.d').map(({ severity, code, hint }) => [severity, code, hint]);

test('a folder, or none, is as it should be', () => {
  expect(lint(treeOf({ [`${DIR}/r.corp/ca.crt`]: 'x' }))).toEqual([]);
  expect(lint(treeOf({ '/etc/docker/daemon.json': '{}' }))).toEqual([]);
  expect(lint(new Map())).toEqual([]);
});

test('a file fails every pull', () => {
  expect(lint(treeOf({ [DIR]: 'x' }))).toEqual([
    ['error', 'trust-not-a-folder', `mv -n ${DIR} ${DIR}.unused`],
  ]);
});

test('a link that leads nowhere is as no folder', () => {
  const snapshot = new Map(treeOf({ [DIR]: 'x' }));
  snapshot.set(DIR, null);
  expect(lint(snapshot)).toEqual([['warning', 'trust-not-a-folder', `rm ${DIR}`]]);
});

test('the folder above tells whether there is one', () => {
  expect(readsCertsDir(DIR)).toEqual(['/etc/docker', DIR]);
});
