import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { joinPlans, strongestActivation } from '../../../../src/core/plan/join-plans.js';
import {
  type ActivationAction,
  createPlan,
  type FileImage,
  NO_ACTIVATION,
  type Plan,
} from '../../../../src/core/plan/plan.js';

const image = (text: string): FileImage => ({ content: { text }, mode: 0o644, uid: 0, gid: 0 });
const update = (reason: string) => ({ argv: ['update-ca-certificates'] as [string], reason });

const PATHS = ['/etc/docker/daemon.json', '/etc/docker/certs.d/a/ca.crt'];

describe('joinPlans', () => {
  const images = fc.option(fc.constantFrom('', '{}', 'ca').map(image), { nil: null });
  const writes = fc.array(fc.tuple(fc.constantFrom(...PATHS), images), { maxLength: 6 });

  test('leaves the files that both leave, one after the other', () => {
    fc.assert(
      fc.property(writes, writes, images, (first, second, start) => {
        const files = new Map(PATHS.map((path) => [path, start]));
        const [one, two] = [planOf(first, files), planOf(second, files)];
        const joined = joinPlans(one, two);
        expect(applied(joined, new Map(PATHS.map((path) => [path, start])))).toEqual(files);
        expect(new Set(joined.changes.map(({ path }) => path)).size).toBe(joined.changes.length);
      }),
    );
  });

  test('compiles a store once and says a thing once', () => {
    const parts = { refresh: [update('the CA is new')], notes: ['a note'], prune: ['/etc/x'] };
    const { title, refresh, notes, prune } = joinPlans(
      createPlan('first', parts),
      createPlan('second', parts),
    );
    expect([title, refresh.length, notes, prune]).toEqual(['first', 1, ['a note'], ['/etc/x']]);
  });

  test('what one made and the next took away never was', () => {
    const [made, gone] = [
      { before: null, after: image('x') },
      { before: image('x'), after: null },
    ];
    const plan = ({ before, after }: typeof made | typeof gone): Plan =>
      createPlan('t', { changes: [{ path: '/f', before, after }] });
    expect(joinPlans(plan(made), plan(gone)).changes).toEqual([]);
  });
});

describe('strongestActivation', () => {
  test('is the one that covers all, with the reasons of those that ask for it', () => {
    const asks = (action: ActivationAction, reason: string) => ({ action, reasons: [reason] });
    expect(
      strongestActivation([
        asks('reload', 'a'),
        asks('restart', 'b'),
        NO_ACTIVATION,
        asks('restart', 'c'),
        asks('restart', 'b'),
      ]),
    ).toEqual({ action: 'restart', reasons: ['b', 'c'] });
    expect(strongestActivation([])).toEqual(NO_ACTIVATION);
  });
});

type Files = Map<string, FileImage | null>;

/** Writes as a plan decided on `files`, which it then carries out. */
function planOf(writes: readonly [string, FileImage | null][], files: Files): Plan {
  const changes = [...new Map(writes)].map(([path, after]) => ({
    path,
    before: files.get(path) ?? null,
    after,
  }));
  for (const { path, after } of changes) files.set(path, after);
  return createPlan('p', { changes });
}

function applied({ changes }: Plan, files: Files): Files {
  for (const { path, before, after } of changes) {
    expect(files.get(path)).toEqual(before);
    files.set(path, after);
  }
  return files;
}
