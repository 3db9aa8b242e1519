import { describe, expect, test } from '@jest/globals';
import {
  asClosedAs,
  asClosedAsSecretsOf,
  derivedFile,
  holdsSecret,
} from '../../../../src/core/plan/derived-file.js';
import type { FileImage } from '../../../../src/core/plan/plan.js';

const rights = (mode: number, gid = 0) => ({ mode, uid: 0, gid });
const file = (text: string, mode: number, gid = 0): FileImage => ({
  content: { text },
  ...rights(mode, gid),
});

/** chmod's letters: who may not read the source reads nothing that is made from it. */
describe('a file is as closed as the one that it is made from', () => {
  test.each([
    ['0644 from 0600', rights(0o644), rights(0o600), 0o600],
    ['0644 from 0640 of its group', rights(0o644, 5), rights(0o640, 5), 0o640],
    ['0644 from 0640 of another group', rights(0o644, 6), rights(0o640, 5), 0o600],
    ['0644 from 0644 of another group', rights(0o644, 6), rights(0o644, 5), 0o644],
    ['0600 from 0644', rights(0o600), rights(0o644), 0o600],
    ['0666 from 0644', rights(0o666), rights(0o644), 0o644],
    ['0644 from 0604 of its group', rights(0o644), rights(0o604), 0o644],
    ['1777 from 0700', rights(0o1777), rights(0o700), 0o1700],
  ])('%s', (_, wanted, source, mode) => {
    expect(asClosedAs(wanted, source)).toEqual({ ...wanted, mode });
  });

  test('without a source it keeps its rights', () => {
    expect(asClosedAs(rights(0o644), null)).toEqual(rights(0o644));
  });
});

describe('derivedFile', () => {
  const path = '/etc/x';
  const source = rights(0o600);

  test('makes the file of root, closed as its source', () => {
    expect(derivedFile(path, 'a', { before: null, source })).toEqual([
      { path, before: null, after: file('a', 0o600) },
    ]);
    expect(derivedFile(path, 'a', { before: null, source: null })[0]?.after?.mode).toBe(0o644);
  });

  test('changes nothing where all is so already', () => {
    expect(derivedFile(path, 'a', { before: file('a', 0o600), source })).toEqual([]);
    expect(derivedFile(path, 'a', { before: file('a', 0o400), source: null })).toEqual([]);
  });

  test('closes one that is open, and never opens one that is closed', () => {
    const open = file('a', 0o644);
    expect(derivedFile(path, 'a', { before: open, source })[0]?.after).toEqual(file('a', 0o600));
    const closed = file('a', 0o400, 7);
    expect(derivedFile(path, 'b', { before: closed, source: rights(0o644) })[0]?.after).toEqual(
      file('b', 0o400, 7),
    );
  });

  test('writes anew what was no text', () => {
    const before: FileImage = { ...file('', 0o644), content: { base64: '/w==' } };
    expect(derivedFile(path, '', { before, source: null })).toHaveLength(1);
  });
});

test.each([
  ['{"log-opts": {"splunk-token": "abc"}}', true],
  ['http-proxy = "http://me:secret@p:3128"', true],
  ['{"splunk-url": "https://s.test"}', false],
  ['', false],
])('%s holds a secret: %s', (text, expected) => {
  expect(holdsSecret(file(text, 0o644))).toBe(expected);
});

test('what is no text, or no file, holds none that could be told', () => {
  expect(holdsSecret(null)).toBe(false);
  expect(holdsSecret({ ...file('', 0o644), content: { base64: '/w==' } })).toBe(false);
});

test('a secret that moves is as closed as every file of the plan that gets one', () => {
  const secret = 'token = "abc"';
  const change = (path: string, after: FileImage | null) => ({ path, before: null, after });
  const ours = [change('/a', file(secret, 0o644)), change('/b', file('plain', 0o644))];
  const others = [
    change('/c', file(secret, 0o600)),
    change('/d', file('plain', 0o400)),
    change('/e', null),
  ];
  expect(asClosedAsSecretsOf(ours, others).map(({ after }) => after?.mode)).toEqual([0o600, 0o644]);
});
