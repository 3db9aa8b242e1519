import { describe, expect, test } from '@jest/globals';
import type { JournalEntry } from '../../../../src/core/transaction/journal.js';
import {
  canBeTakenBack,
  type ChangeKind,
  changeKind,
  expired,
  type Generation,
  waitingLine,
} from '../../../../src/core/transaction/history.js';

const file = (sha256: string) => ({ sha256, mode: 0o644, uid: 0, gid: 0 });
const generation = (status: 'applied' | 'rolled-back', after: string) =>
  ({
    result: { status },
    targets: [{ before: file('a'), after: file(after) }],
  }) as unknown as Generation;

test.each([
  ['a change', generation('applied', 'b'), true],
  ['a change that was rolled back', generation('rolled-back', 'b'), false],
  ['a restart that left the file as it was', generation('applied', 'a'), false],
  ['a reload without files', { ...generation('applied', 'a'), targets: [] }, false],
])('whether %s can be taken back', (...[, past, expected]) => {
  expect(canBeTakenBack(past)).toBe(expected);
});

test('a change that waits for its confirmation is a line of history too, with the time of its end', () => {
  const open = {
    ...{ ...generation('applied', 'b'), state: 'awaiting', startedAt: 0 },
    deadline: { at: 60_000, timer: '' },
  } as unknown as JournalEntry;
  const until = '1970-01-01T00:01:00.000Z';
  expect(waitingLine(open)).toMatchObject({ status: 'waiting', until });
  expect(waitingLine({ ...open, state: 'rolling-back' })).toBeNull();
});

describe('what history forgets', () => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  const kinds = (isMachine: (generation: number) => boolean) => (generation: number) =>
    (isMachine(generation) ? 'machine' : 'copies') satisfies ChangeKind;

  test('is the oldest of each kind: copies of certificates never take the way back of daemon.json', () => {
    expect(
      expired(
        numbers(51),
        kinds((one) => one === 1),
      ),
    ).toEqual([]);
    expect(
      expired(
        numbers(52),
        kinds((one) => one === 1),
      ),
    ).toEqual([2]);
    expect(
      expired(
        numbers(60),
        kinds(() => true),
      ).sort((a, b) => a - b),
    ).toEqual(numbers(10));
  });

  test('is never the newest, which carries the number', () => {
    expect(
      expired(
        numbers(200),
        kinds(() => true),
      ),
    ).not.toContain(200);
  });

  test('asks of no more changes than it takes', () => {
    let asked = 0;
    expired(numbers(10_000), (generation) => {
      asked += 1;
      return generation % 2 === 0 ? 'machine' : 'copies';
    });
    expect(asked).toBeLessThan(110);
  });

  test('is all that stands behind a thousand newer ones, of whatever kind', () => {
    let asked = 0;
    const gone = expired(numbers(100_000), (generation) => {
      asked += 1;
      return generation === 1 ? 'copies' : 'machine';
    });
    expect(asked).toBe(1_000);
    expect(gone).toHaveLength(100_000 - 50);
  });

  const change = (path: string, action = 'none') =>
    ({
      activation: { action, reasons: [] },
      refresh: [],
      targets: [{ path }],
    }) as unknown as JournalEntry;
  test.each([
    ['/etc/docker/daemon.json', 'none', 'machine'],
    ['/srv/docker.json', 'reload', 'machine'],
    ['/etc/docker/certs.d/reg:5000/ca.crt', 'none', 'machine'],
    ['/usr/local/share/ca-certificates/lab.crt', 'none', 'machine'],
    ['/etc/dockerctl/dockerctl.json5', 'none', 'machine'],
    ['/srv/harbor/server.crt', 'none', 'copies'],
    ['/etc/nginx/server.key', 'none', 'copies'],
  ])('a change of %s (%s) is of the %s', (path, action, kind) => {
    expect(changeKind(change(path, action))).toBe(kind);
  });
});
