import { expect, test } from '@jest/globals';
import { noteUnknownEngine, refuseUnseen } from '../../../../src/app/context/observe.js';

/** What a person is told of the engine that a file is judged for. */
function notesOn(daemon: Parameters<typeof noteUnknownEngine>[1]): string[] {
  const notes: string[] = [];
  const terminal = { note: (note: string) => notes.push(note) };
  noteUnknownEngine({ terminal } as unknown as Parameters<typeof noteUnknownEngine>[0], daemon);
  return notes;
}

test('a dockerd whose version nobody says is judged as the newest, and that is said', () => {
  expect(notesOn({ state: 'stopped', version: null })).toEqual([
    expect.stringContaining('judged as dockerd 29 would'),
  ]);
});

test('one that says its version, or that is not there, is no news', () => {
  expect(notesOn({ state: 'stopped', version: '20.10.24' })).toEqual([]);
  expect(notesOn({ state: 'absent', version: null })).toEqual([]);
});

test('where systemd did not say whether there is a dockerd, nothing is told of one', () => {
  expect(() => {
    refuseUnseen({ unseen: true });
  }).toThrow('systemd gives no answer');
  refuseUnseen({});
});
