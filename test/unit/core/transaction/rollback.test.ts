import { describe, expect, test } from '@jest/globals';
import type { FileChange, FileImage, Plan } from '../../../../src/core/plan/plan.js';
import {
  foreignEdits,
  type Past,
  planRollback,
} from '../../../../src/core/transaction/rollback.js';
import { observedDaemon } from '../../../support/observed-daemon.js';
import { image, planOf } from '../../../support/plans.js';

const CONFIG = '/etc/docker/daemon.json';
const CA = '/etc/docker/certs.d/a.test/ca.crt';
const change = (path: string, before: string | null, after: string | null): FileChange => ({
  path,
  before: before === null ? null : image(before),
  after: after === null ? null : image(after),
});

const past = (generation: number, changes: FileChange[], rest: Partial<Plan> = {}): Past => ({
  plan: planOf(changes, rest),
  generation: {
    ...{ generation, state: 'committed', title: 't', commandLine: 'config set', user: 'ada' },
    ...{ startedAt: 0, bootId: null, targets: [], folders: [], prune: [], refresh: [] },
    ...{ activation: { action: 'none', reasons: [] }, config: null, wasRunning: true },
    ...{ undo: { action: 'none', expect: [], dependents: [] }, deadline: null },
    result: {
      ...{ status: 'applied', endedAt: 0, activated: null, error: null },
      ...{ pending: [], refusedBy: null, kept: [] },
    },
  },
});

const present = (files: Record<string, string | null>) => ({
  images: new Map<string, FileImage | null>(
    Object.entries(files).map(([path, text]) => [path, text === null ? null : image(text)]),
  ),
  observed: observedDaemon(),
});

const texts = (plan: Plan) =>
  plan.changes.map(({ path, before, after }) =>
    [path, before, after].map((part) =>
      part === null || typeof part === 'string'
        ? part
        : 'text' in part.content && part.content.text,
    ),
  );

describe('a rollback brings back each file as it was before the oldest change', () => {
  const first = past(1, [change(CONFIG, '{"mtu":1400}', '{"mtu":1500}'), change(CA, null, 'A')]);
  const second = past(2, [change(CONFIG, '{"mtu":1500}', '{"mtu":1600}')]);

  test('of several changes', () => {
    const plan = planRollback(
      't',
      [second, first],
      present({ [CONFIG]: '{"mtu":1600}', [CA]: 'A' }),
    );
    expect(texts(plan)).toEqual([
      [CONFIG, '{"mtu":1600}', '{"mtu":1400}'],
      [CA, 'A', null],
    ]);
    expect(plan.notes[0]).toBe('this takes back 2 changes, 1 to 2 of `dockerctl config history`');
    expect(plan.activation.action).toBe('restart');
  });

  test('of the last alone', () => {
    const plan = planRollback('t', [second], present({ [CONFIG]: '{"mtu":1600}' }));
    expect(texts(plan)).toEqual([[CONFIG, '{"mtu":1600}', '{"mtu":1500}']]);
    expect(plan.notes.join()).not.toMatch(/takes back|somebody else/);
  });

  test('changes nothing where all is so already', () => {
    const plan = planRollback('t', [first], present({ [CONFIG]: '{"mtu":1400}', [CA]: null }));
    expect(plan).toMatchObject({ changes: [], refresh: [], activation: { action: 'none' } });
  });

  test.each([
    // Taken out of the file, debug stays as it was until a start.
    ['{}', 'restart'],
    ['{"debug":false}', 'reload'],
  ])('to %s by a %s', (text, action) => {
    const debug = past(3, [change(CONFIG, text, '{"debug":true}')]);
    const plan = planRollback('t', [debug], present({ [CONFIG]: '{"debug":true}' }));
    expect(plan.activation.action).toBe(action);
  });
});

describe('what somebody else did since', () => {
  const ours = past(1, [change(CONFIG, '{}', '{"debug":true}'), change(CA, null, 'A')]);

  test.each([
    ['nothing', { [CONFIG]: '{"debug":true}', [CA]: 'A' }, []],
    ['edited', { [CONFIG]: '{"debug":false}', [CA]: 'A' }, [CONFIG]],
    ['deleted', { [CONFIG]: '{"debug":true}', [CA]: null }, [CA]],
    ['nobody looked: it counts as deleted', { [CONFIG]: '{"debug":true}' }, [CA]],
  ])('%s', (_, files, edits) => {
    const now = present(files);
    expect(foreignEdits([ours], now)).toEqual(edits);
    const notes = planRollback('t', [ours], now).notes.filter((note) => note.includes('since'));
    expect(notes).toHaveLength(edits.length);
  });

  test('of two changes of ours, the newer is what is compared', () => {
    const newer = past(2, [change(CA, 'A', 'B')]);
    const now = present({ [CONFIG]: '{"debug":true}', [CA]: 'B' });
    expect(foreignEdits([newer, ours], now)).toEqual([]);
  });
});

test('folders go innermost first, and a store is compiled again', () => {
  const refresh = [{ argv: ['update-ca-certificates'] as const, reason: 'r' }];
  const one = past(1, [change('/usr/local/share/ca-certificates/a.crt', null, 'A')], {
    refresh: [...refresh],
  });
  const made = { ...one, generation: { ...one.generation, folders: ['/a', '/a/b'] } };
  const plan = planRollback(
    't',
    [made],
    present({ '/usr/local/share/ca-certificates/a.crt': 'A' }),
  );
  expect(plan.prune).toEqual(['/a/b', '/a']);
  expect(plan.refresh).toEqual(refresh);
});

test('a certificate that was put somewhere is renewed there still', () => {
  const one = past(1, [change('/srv/a.crt', null, 'A')]);
  const noted = (commandLine: string) =>
    planRollback(
      't',
      [{ ...one, generation: { ...one.generation, commandLine } }],
      present({}),
    ).notes.some((note) => note.includes('renewals'));
  expect(noted('certs issue a.test --out /srv')).toBe(true);
  expect(noted('certs deploy a.test')).toBe(true);
  expect(noted('certs issue a.test')).toBe(false);
});
