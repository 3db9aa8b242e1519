import { describe, expect, test } from '@jest/globals';
import {
  NO_WITNESSES,
  type Witnesses,
} from '../../../../../src/core/dockerd/observed/witnesses.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import { lookAt } from '../../../../../src/core/dockerd/running/looked.js';
import { loadedOf, startedOf } from '../../../../../src/core/dockerd/running/started.js';
import { openDocument } from '../../../../../src/core/formats/json/open.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const look = (file: string, witnesses: Partial<Witnesses>, parts: Partial<ObservedDaemon> = {}) =>
  lookAt(
    observedDaemon({ ...parts, witnesses: { ...NO_WITNESSES, ...witnesses } }),
    openDocument(Buffer.from(file), '/d.json'),
  );
const mtu = keyNamed('mtu')!;
const mirrors = keyNamed('registry-mirrors')!;
const record = (startedWith: string, by: 'start' | 'times' = 'start') => ({ startedWith, by });

describe('what it was started with', () => {
  test.each<[string, Partial<Witnesses>, string[], unknown]>([
    ['our record', { record: record('{"mtu":1300}') }, [], [1300, 'recorded']],
    ['its times', { record: record('{"mtu":1300}', 'times') }, [], [1300, 'inferred']],
    ['a file that is older', { fileIsOlder: true }, [], [1400, 'inferred']],
    ['its command line', {}, ['--mtu=1200'], [1200, 'recorded']],
    ['its own log', { reported: { mtu: 1100 }, record: record('{}') }, [], [1100, 'recorded']],
    ['nobody', {}, [], null],
  ])('is known by %s', (_, witnesses, flags, expected) => {
    const found = startedOf(mtu, look('{"mtu":1400}', witnesses, { argv: ['dockerd', ...flags] }));
    expect(found && [found.held.value, found.evidence]).toEqual(expected);
  });
});

describe('what it re-read since', () => {
  const file = '{"registry-mirrors":["https://new"]}';
  const old = record('{"registry-mirrors":["https://old"]}');

  test('is what it was started with while it re-read nothing', () => {
    const found = loadedOf(mirrors, look(file, { record: old, reload: { kind: 'none' } }));
    expect(found?.held.value).toEqual(['https://old']);
  });

  test('is not known by the record of the start once it did, or may have', () => {
    const seen = { kind: 'seen', attributes: {} } as const;
    expect(loadedOf(mirrors, look(file, { record: old, reload: seen }))).toBeNull();
    expect(loadedOf(mirrors, look(file, { record: old }))).toBeNull();
  });

  test('is known by the event, where that has it', () => {
    const reload = { kind: 'seen', attributes: { 'shutdown-timeout': '20' } } as const;
    const found = loadedOf(
      keyNamed('shutdown-timeout')!,
      look('{}', { reload, record: record('{}') }),
    );
    expect(found).toEqual({ held: { value: 20 }, evidence: 'recorded' });
  });

  test('does not touch what is read at start only', () => {
    const reload = { kind: 'seen', attributes: {} } as const;
    expect(
      loadedOf(mtu, look('{"mtu":1400}', { reload, record: record('{"mtu":1300}') }))?.held.value,
    ).toBe(1300);
  });
});

/** Measured: a start opens no network-diagnostic-port, whatever the file says; a reload does. */
test('the diagnostic port is open by a reload only', () => {
  const port = keyNamed('network-diagnostic-port')!;
  const file = '{"network-diagnostic-port":9000}';
  const none = { reload: { kind: 'none' }, record: record(file) } as const;
  expect(loadedOf(port, look(file, none))?.held.value).toBeUndefined();
  const reload = { kind: 'seen', attributes: {} } as const;
  const reported = { 'network-diagnostic-port': 9000 };
  expect(loadedOf(port, look(file, { reload, reported }))?.held.value).toBe(9000);
  expect(loadedOf(port, look('{}', { reload, reported }))).toBeNull();
});
