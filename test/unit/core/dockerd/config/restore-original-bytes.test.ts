import { expect, test } from '@jest/globals';
import { asBeforeTheKey } from '../../../../../src/core/dockerd/config/restore-original-bytes.js';
import { createPlan, type FileImage, type Plan } from '../../../../../src/core/plan/plan.js';

const configPath = '/etc/docker/daemon.json';
const KEYS = '{"debug":true}';

function plan(before: string | null, after: string | null): Plan {
  const image = (text: string | null): FileImage | null =>
    text === null ? null : { content: { text }, mode: 0o644, uid: 0, gid: 0 };
  const changes = [{ path: configPath, before: image(before), after: image(after) }];
  return createPlan('', { changes });
}

test.each<[string, string | null, string, [string | null, string | null][]]>([
  ['28.5.2', '', 'an empty file', [['', KEYS]]],
  [
    '28.5.2',
    ' \n',
    'a blank one, several changes ago',
    [
      [KEYS, KEYS],
      ['{"a":1}', KEYS],
      [' \n', '{"a":1}'],
    ],
  ],
  ['28.5.2', '{}', 'nothing where there was no file', [[null, KEYS]]],
  ['28.5.2', '{}', 'nothing of before an edit of somebody else', [['', '{"debug": true}']]],
  ['28.5.2', '{}', 'nothing that has keys', [['{"x":1}', KEYS]]],
  ['20.10.24', '{}', 'nothing that dockerd 20.10 refuses', [['', KEYS]]],
  ['20.10.24', 'null', 'null also on 20.10', [['null', KEYS]]],
])('dockerd %s: the last key leaves %j: %s', (version, text, _, past) => {
  const emptied = plan(KEYS, '{}');
  const plans = past.map(([before, after]) => plan(before, after));
  const { changes } = asBeforeTheKey(emptied, { configPath, version }, plans);
  expect(changes[0]?.after?.content).toEqual({ text });
});

test.each<[string, string, string, [string, string][]]>([
  ['{"m":["x"]}', '{}', '{"m":[ ]}', [['{"m":[ ]}', '{"m":["x"]}']]],
  [
    '{"a":1, "m":["x"]}',
    '{"a":1}',
    '{ "a":1, "m":[] }',
    [['{ "a":1, "m":[] }', '{"a":1, "m":["x"]}']],
  ],
  ['{"a":1,"m":["x"]}', '{"a":1}', '{"a":1}', [['{"a":2,"m":[]}', '{"a":1,"m":["x"]}']]],
  ['{"a":1,"m":["x"]}', '{"a":1}', '{"a":1}', [['{"a":1,"m":["y"]}', '{"a":1,"m":["x"]}']]],
  ['{"a":1,"m":["x"]}', '{"a":1}', '{"a":1}', [['{"a":1,"m":null}', '{"a":1,"m":["x"]}']]],
])('%s without its list is %s, and as it was before: %s', (before, without, text, past) => {
  const plans = past.map(([old, made]) => plan(old, made));
  const { changes } = asBeforeTheKey(plan(before, without), { configPath, version: null }, plans);
  expect(changes[0]?.after?.content).toEqual({ text });
});

test('a plan that takes no key out is left alone, and history is not even read', () => {
  const kept = plan('{"debug":false}', KEYS);
  const unread: Iterable<Plan> = {
    [Symbol.iterator]: () => {
      throw new Error('read');
    },
  };
  expect(asBeforeTheKey(kept, { configPath, version: null }, unread)).toBe(kept);
});
