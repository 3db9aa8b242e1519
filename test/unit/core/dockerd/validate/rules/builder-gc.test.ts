import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf, type Row } from '../../../../../support/judge-config.js';

const gc = (parts: object) => ({ builder: { gc: parts } });
const rule = (parts: object) => gc({ enabled: true, policy: [parts] });
const FILTER = 'builder.gc.policy.0.filter';

test('a filter without = crashes dockerd 20.10, wherever it stands', () => {
  const text = '{"builder": {"GC": {"policy": [{"keepStorage": "1GB", "filter": ["until"]}]}}}';
  expect(judge(text, { engine: '20.10' })).toMatchObject({ starts: false, reloads: false });
  expect(judge(text, { engine: '26.1' }).starts).toBe(true);
});

test.each<[object, string, string]>([
  [
    rule({ keepStorage: '1GB', filter: ['type==source.local'] }),
    '28.5.2',
    `unknown-member ${FILTER} -> write "type=source.local"`,
  ],
  [
    rule({ keepStorage: '1GB', filter: ['types=regular'] }),
    '28.5.2',
    `unknown-member ${FILTER} -> write "type=regular"`,
  ],
  [
    gc({ defaultKeepStorage: '1GB' }),
    '26.1.5',
    'no-effect builder.gc.defaultKeepStorage -> write "enabled": true, or remove "defaultKeepStorage"',
  ],
  [
    gc({ enabled: true, defaultKeepStorage: '1GB', policy: [{ all: true, keepStorage: '1GB' }] }),
    '28.5.2',
    'no-effect builder.gc.defaultKeepStorage -> put the size into the rules of the policy, or remove it',
  ],
])('%j does nothing with %s: %s', (config, engine, expected) => {
  expect(verdictOf(config, { engine })).toEqual(['works', `warning ${expected}`]);
});

test('what two spellings of builder.gc make together stops dockerd', () => {
  const config = { builder: { gc: { enabled: true }, GC: { defaultKeepStorage: '10xx' } } };
  for (const engine of ['20.10.24', '26.1.5', '28.5.2'])
    expect(judge(config, { engine }).starts).toBe(false);
});

describe('sizes and filters are read when BuildKit starts (moby builder-next/controller.go, getGCPolicy)', () => {
  const size = 'write a size such as "10GB"';
  test.each<Row>([
    [gc({ enabled: true, defaultReservedSpace: '10GB' }), {}, ['works']],
    [rule({ reservedSpace: '10GB', filter: ['until=48h'] }), {}, ['works']],
    [
      gc({ enabled: true, defaultReservedSpace: 'ten' }),
      {},
      ['no start', `error bad-size builder.gc.defaultReservedSpace -> ${size}`],
    ],
    [
      rule({ maxUsedSpace: 'ten' }),
      {},
      ['no start', `error bad-size builder.gc.policy.0.maxUsedSpace -> ${size}`],
    ],
    // Garbage is collected unless it is switched off, since 28.
    [
      gc({ defaultReservedSpace: 'ten' }),
      {},
      ['no start', `error bad-size builder.gc.defaultReservedSpace -> ${size}`],
    ],
    [
      rule({ all: true }),
      { engine: '26.1' },
      ['no start', 'error bad-builder builder.gc.policy.0 -> add "keepStorage": "10GB"'],
    ],
    [rule({ all: true }), {}, ['works']],
    [
      rule({ keepStorage: '1GB', filter: ['until=long'] }),
      {},
      ['no start', `error bad-builder ${FILTER} -> write a duration such as "48h"`],
    ],
    [
      rule({ keepStorage: '1GB', filter: ['type=regular', 'type=source.local'] }),
      {},
      ['no start', `error bad-builder ${FILTER} -> make it a rule of its own`],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
