import { expect, test } from '@jest/globals';
import { undoOf } from '../../../../../src/core/dockerd/config/undo.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image, planOf } from '../../../../support/plans.js';

const CONFIG = '/etc/docker/daemon.json';
const change = (before: string | null, after: string | null) =>
  planOf([
    {
      path: CONFIG,
      before: before === null ? null : image(before),
      after: after === null ? null : image(after),
    },
  ]);

/** What a reload brought may take a restart to be gone. */
test.each([
  ['{"debug":false}', '{"debug":true}', 'reload'],
  [null, '{"debug":true}', 'restart'],
  ['{}', '{"mtu":1400}', 'restart'],
  ['{}', '{"max-concurrent-downloads":9}', 'reload'],
  ['{"debug":true}', '{ "debug": true }', 'none'],
])('from %s to %s, and back by a %s', (before, after, action) => {
  expect(undoOf(change(before, after), observedDaemon()).action).toBe(action);
});

test('the old value must be seen again', () => {
  expect(undoOf(change('{"debug":false}', '{"debug":true}'), observedDaemon()).expect).toEqual([
    { kind: 'info', pointer: '/Debug', match: 'equals', value: false, key: 'debug' },
  ]);
});

test('of other files, and where nobody looked, what was done is done again', () => {
  const plan = planOf([{ path: '/x', before: null, after: image('a') }], {
    activation: { action: 'restart', reasons: [] },
  });
  const observed = observedDaemon({ dependents: ['a.service'] });
  expect(undoOf(plan, observed)).toEqual({
    ...{ action: 'restart', expect: [], dependents: ['a.service'] },
  });
  expect(undoOf(plan, null)).toEqual({ action: 'restart', expect: [], dependents: [] });
});
