import { expect, test } from '@jest/globals';
import { settingsOf } from '../../../../src/core/agent/agent-settings.js';
import { parseDeclaration } from '../../../../src/core/declaration/declaration.js';

const read = (text: string) => settingsOf(parseDeclaration([{ path: '/d.json5', text }]));

test('what is not said is reported only, never restarts, and is looked at every five minutes', () => {
  expect(read('{}')).toMatchObject({
    policy: { daemon: 'report', registries: 'report', cas: 'report', certificates: 'report' },
    restart: 'never',
    calendar: { allow: [], deny: [] },
    debounceMs: 500,
    scanMs: 300_000,
  });
});

test('each scope has its own policy, and else that of all', () => {
  const { policy } = read(`{ drift: { default: 'repair', cas: 'report' } }`);
  expect(policy).toEqual({
    ...{ daemon: 'repair', registries: 'repair', cas: 'report', certificates: 'repair' },
  });
});

test('windows are read', () => {
  const text = `{ windows: { timezone: 'UTC', allow: ['Mon..Fri 02:00-04:00'], deny: ['2026-12-20..2027-01-03'] } }`;
  const { calendar } = read(text);
  expect(calendar).toMatchObject({
    timezone: 'UTC',
    allow: [{ kind: 'weekly', from: 120, to: 240 }],
    deny: [{ kind: 'dates', from: '2026-12-20', to: '2027-01-03' }],
  });
});

test('when and how it is repaired is no other declaration of the machine', () => {
  const digest = (text: string) => read(text).declared;
  const plain = digest('{ daemon: { debug: true } }');
  const how = `{ daemon: { debug: true }, restart: 'always', agent: { scan: '1m' }, drift: { default: 'repair' } }`;
  expect(digest(how)).toBe(plain);
  expect(digest('{ daemon: { debug: false } }')).not.toBe(plain);
});
