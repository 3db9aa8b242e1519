import { expect, test } from '@jest/globals';
import { resetText } from '../../../../../src/core/dockerd/config/reset-text.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';
import { image } from '../../../../support/plans.js';

const reset = (before: string | null, after: string | null) =>
  resetText(
    {
      before: before === null ? null : image(before),
      after: after === null ? null : image(after),
    },
    observedDaemon(),
  );

/** moby daemon/reload.go: what the file is silent about stays as it was reloaded. */
test.each([
  ['{}', '{"registry-mirrors": ["https://a"]}', { 'registry-mirrors': [] }],
  [null, '{"debug": true}', { debug: false }],
  [
    '{"mtu": 1400}',
    '{"mtu": 1400, "insecure-registries": ["a"]}',
    { mtu: 1400, 'insecure-registries': [] },
  ],
])('back to %s from %s', (before, after, expected) => {
  const text = reset(before, after);
  expect(text === null ? null : JSON.parse(text)).toEqual(expected);
});

test.each([
  ['nothing was added', '{"debug": false}', '{"debug": true}'],
  ['a reload takes it back by itself', '{}', '{"max-concurrent-downloads": 9}'],
  ['the old file is no strict JSON', '{"mtu": 1,}', '{"debug": true}'],
  ['nothing changed', '{}', '{}'],
])('the old text does it, where %s', (_, before, after) => {
  expect(reset(before, after)).toBeNull();
});
