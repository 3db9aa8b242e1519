import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createStyle } from '../../../../src/cli/style.js';
import { findingRows } from '../../../../src/commands/screen/status-rows.js';
import type { StatusData, StatusFindings } from '../../../../src/commands/screen/status-data.js';

const stream = new PassThrough();
const plain = createStyle({ stdin: stream, stdout: stream, stderr: stream, env: {} }, false);

const NOTE = {
  code: 'no-live-restore',
  severity: 'info',
  subject: 'dockerd',
  message: 'a restart stops containers.',
  hint: '',
  fixable: false,
} as const;
const ERROR = { ...NOTE, code: 'bad-value', severity: 'error', message: 'wrong.' } as const;

function rowsOf(looked: Partial<StatusFindings>): string[] {
  const value = { list: [], unseen: [], asRoot: true, filesOnly: false, ...looked };
  const data = { findings: { ok: true, value } } as unknown as StatusData;
  return findingRows(data, plain).map(({ text }) => text.replace(/ +/g, ' '));
}

test.each<[Partial<StatusFindings>, string[]]>([
  [{}, ['nothing']],
  [{ filesOnly: true }, ['nothing in the files']],
  [{ list: [NOTE] }, ['nothing; 1 note: dockerctl doctor']],
  [{ unseen: ['cgroups'] }, ['nothing that was seen', 'not looked at: cgroups (dockerctl doctor)']],
  [
    { list: [NOTE, NOTE], unseen: ['cgroups', 'agent'], asRoot: false },
    [
      'nothing that was seen; 2 notes: dockerctl doctor',
      'not looked at: cgroups, agent (sudo dockerctl doctor)',
    ],
  ],
  [
    { list: [ERROR], unseen: ['cgroups'] },
    ['error dockerd: wrong.', 'not looked at: cgroups (dockerctl doctor)'],
  ],
  [{ list: [ERROR, NOTE] }, ['error dockerd: wrong.', '1 note: dockerctl doctor']],
])('%j', (looked, expected) => {
  expect(rowsOf(looked)).toEqual(expected);
});
