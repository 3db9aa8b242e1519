import { describe, expect, test } from '@jest/globals';
import type { Snapshot } from '../../../../../src/core/plan/snapshot.js';
import { bytesAt, textAt } from '../../../../../src/core/plan/snapshot.js';
import { parseRegistry } from '../../../../../src/core/registry/address.js';
import type { Consumer } from '../../../../../src/core/trust/contributions/consumer.js';
import {
  after,
  drop,
  NOTHING,
  put,
} from '../../../../../src/core/trust/contributions/contribution.js';
import { recordAsItIs, recorded } from '../../../../../src/core/trust/contributions/recorded.js';
import { imageOf, treeOf } from '../../../../support/doctor-facts.js';

const SHARED = '/etc/c/shared.conf';
const RECORDS = '/var/lib/dockerctl/replaced/podman';
const lineOf = (name: string) => `trust ${name}\n`;
const secret = (digit: string) => ({ secret: digit.repeat(64), size: 1 });

/** A consumer with a certificate and a key of each registry, and a line in a file that all of them share. */
const consumer = recorded({
  name: 'podman',
  signs: [],
  shared: [SHARED],
  reads: () => [SHARED],
  follow: (changes) => ({ refresh: [], notes: changes.map(({ path }) => `changed ${path}`) }),
  add({ registry: { name } }, snapshot) {
    const text = textAt(snapshot, SHARED) ?? '';
    return {
      ...NOTHING,
      changes: [
        ...put(snapshot, `/etc/c/${name}/ca.crt`, { content: { text: 'OURS' }, mode: 0o644 }),
        ...put(snapshot, `/etc/c/${name}/c.key`, { content: secret('0'), mode: 0o600 }),
        ...(text.includes(lineOf(name))
          ? []
          : put(snapshot, SHARED, { content: { text: text + lineOf(name) }, mode: 0o644 })),
      ],
    };
  },
  remove({ registry: { name } }, snapshot) {
    const text = textAt(snapshot, SHARED)?.replace(lineOf(name), '') ?? '';
    return {
      ...NOTHING,
      changes: [
        ...drop(snapshot, `/etc/c/${name}/ca.crt`),
        ...drop(snapshot, `/etc/c/${name}/own.crt`),
        ...drop(snapshot, `/etc/c/${name}/c.key`),
        ...(textAt(snapshot, SHARED)?.includes(lineOf(name)) === true
          ? put(snapshot, SHARED, { content: { text }, mode: 0o644 })
          : []),
      ],
      prune: [`/etc/c/${name}`, '/etc/c'],
    };
  },
} satisfies Consumer);

const subject = (name: string) => ({
  registry: parseRegistry(name),
  machine: { certsDir: '/etc/docker/certs.d', mirrors: [], chosen: null },
});
const material = { ca: 'OURS', client: null, insecure: false };
const add = (snapshot: Snapshot, name: string) =>
  after(snapshot, consumer.add({ ...subject(name), material }, snapshot).changes);
const remove = (snapshot: Snapshot, name: string) =>
  after(snapshot, consumer.remove(subject(name), snapshot).changes);
const files = (snapshot: Snapshot) =>
  Object.fromEntries(
    [...snapshot].flatMap(([path, entry]) => (entry?.kind === 'file' ? [[path, entry.image]] : [])),
  );

describe('taken back, every file is as it was', () => {
  test.each<[string, Readonly<Record<string, ReturnType<typeof imageOf>>>]>([
    ['nothing was there', {}],
    [
      'another CA and a shared file',
      { '/etc/c/r.test/ca.crt': imageOf('THEIRS'), [SHARED]: imageOf('x\n') },
    ],
    [
      'another key',
      { '/etc/c/r.test/c.key': { ...imageOf(''), content: secret('1'), mode: 0o600 } },
    ],
  ])('%s', (_, before) => {
    expect(files(remove(add(treeOf(before), 'r.test'), 'r.test'))).toEqual(before);
  });

  test('what is recorded is for root alone, and holds no key', () => {
    const before = { '/etc/c/r.test/c.key': { ...imageOf(''), content: secret('1'), mode: 0o600 } };
    const then = add(treeOf(before), 'r.test');
    const ours = Object.entries(files(then)).filter(([path]) => path.startsWith(RECORDS));
    expect(ours.map(([, { mode }]) => mode)).toEqual(ours.map(() => 0o600));
    expect(ours.map(([path]) => path)).toContain(`${RECORDS}/r.test.%etc%c%r.test%c.key`);
  });

  test('added again, it is still what was there at first', () => {
    const [ca, key] = ['/etc/c/r.test/ca.crt', '/etc/c/r.test/c.key'];
    const theirs = { ...imageOf(''), content: secret('1'), mode: 0o600 };
    const before = { [ca]: imageOf('THEIRS'), [key]: theirs };
    const then = add(treeOf(before), 'r.test');
    const changed = after(then, [
      ...put(then, ca, { content: { text: 'THEN' }, mode: 0o644 }),
      ...put(then, key, { content: secret('2'), mode: 0o600 }),
    ]);
    const again = add(changed, 'r.test');
    const kept = files(again)[`${RECORDS}/r.test.%etc%c%r.test%c.key`];
    expect(kept?.content).toEqual(secret('1'));
    expect(files(remove(again, 'r.test'))).toEqual(before);
  });
});

describe('what registries share', () => {
  test('keeps the lines of those that stay, and goes with the last', () => {
    const both = add(add(new Map(), 'a.test'), 'b.test');
    expect(textAt(both, SHARED)).toBe(lineOf('a.test') + lineOf('b.test'));
    const one = remove(both, 'a.test');
    expect(textAt(one, SHARED)).toBe(lineOf('b.test'));
    expect(files(remove(one, 'b.test'))).toEqual({});
  });

  test('keeps what others wrote since', () => {
    const then = add(treeOf({ [SHARED]: 'x\n' }), 'a.test');
    const theirs = after(
      then,
      put(then, SHARED, { content: { text: `y\nx\n${lineOf('a.test')}` }, mode: 0o644 }),
    );
    expect(textAt(remove(theirs, 'a.test'), SHARED)).toBe('y\nx\n');
  });
});

test('a certificate of somebody else stays, and that it is still trusted is said', () => {
  const then = add(treeOf({ '/etc/c/r.test/own.crt': 'THEIRS' }), 'r.test');
  const { notes } = consumer.remove(subject('r.test'), then);
  expect(notes.join('\n')).toContain('/etc/c/r.test/own.crt is not of dockerctl');
  expect(bytesAt(remove(then, 'r.test'), '/etc/c/r.test/own.crt')).not.toBeNull();
});

test('without a record the consumer’s own rules count', () => {
  const byHand = treeOf({ '/etc/c/r.test/own.crt': 'x' });
  expect(files(remove(byHand, 'r.test'))).toEqual({});
});

test('where others are given something, what this one has was there before: its record is empty', () => {
  const there = treeOf({ '/etc/c/r.test/ca.crt': 'OURS' });
  const [change, ...more] = recordAsItIs(consumer, subject('r.test'), there);
  expect([change?.path, more]).toEqual([`${RECORDS}/r.test.json`, []]);
  const then = after(there, change === undefined ? [] : [change]);
  expect(textAt(remove(then, 'r.test'), '/etc/c/r.test/ca.crt')).toBe('OURS');
  expect(recordAsItIs(consumer, subject('r.test'), then)).toEqual([]);
  expect(recordAsItIs(consumer, subject('r.test'), new Map())).toEqual([]);
});

test('it looks at its records, and at what they name', () => {
  const then = add(new Map(), 'r.test');
  expect(consumer.reads(subject('r.test'), then)).toEqual(
    expect.arrayContaining([
      SHARED,
      `${RECORDS}/r.test.json`,
      `${RECORDS}/.shared.json`,
      '/etc/c/r.test/ca.crt',
    ]),
  );
});
