import { describe, expect, test } from '@jest/globals';
import { saidAt, verdictOf, type Row } from '../../../../../support/judge-config.js';

const SPELT_TWICE = '{"builder": {"history": {"maxAge": 1}, "History": {"maxAge": "2m"}}}';

test.each([
  ['23', ['warning unknown-member 1:14', 'warning unknown-member 1:40']],
  ['26.1', ['error bad-builder 1:26']],
])('a wrong history that another spelling replaces, on %s', (engine, expected) => {
  expect(saidAt(SPELT_TWICE, { engine })).toEqual(expected);
});

describe('the history of the builder, since 24 (moby daemon/config/builder.go, BuilderHistoryConfig)', () => {
  const age = 'write a duration as text, such as "48h"';
  test.each<Row>([
    [{ builder: { history: { maxAge: '48h', maxEntries: 50 } } }, {}, ['works']],
    [{ builder: { history: { maxAge: null, maxEntries: null } } }, {}, ['works']],
    [
      { builder: { history: { maxAge: 48 } } },
      { engine: '24' },
      ['no start, no reload', `error bad-builder builder.history.maxAge -> ${age}`],
    ],
    [
      { builder: { history: { maxAge: 'long' } } },
      {},
      ['no start, no reload', `error bad-builder builder.history.maxAge -> ${age}`],
    ],
    [
      { builder: { history: { maxEntries: 'many' } } },
      {},
      [
        'no start, no reload',
        'error bad-builder builder.history.maxEntries -> write a whole number',
      ],
    ],
    [
      { builder: { history: { maxAge: 48 } } },
      { engine: '23' },
      ['works', 'warning unknown-member builder.history -> remove "history"'],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
