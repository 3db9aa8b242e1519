import { describe, expect, test } from '@jest/globals';
import {
  carriedRestartNotes,
  isReloadNote,
  reloadHazards,
} from '../../../../../src/core/dockerd/activation/hazards.js';
import { parseFlags } from '../../../../../src/core/dockerd/options/flags.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import type { JsonObject } from '../../../../../src/core/formats/json/json-object.js';

const engineOf = (text: string) => parseVersion(text)!;
const hazards = (engine: string, after: JsonObject, flags = '', hostGatewayUsers: string[] = []) =>
  reloadHazards({
    ...{ after, hostGatewayUsers, engine: engineOf(engine) },
    flags: parseFlags(['dockerd', ...flags.split(' ').filter(Boolean)]),
  });
const restarts = (...args: Parameters<typeof hazards>) =>
  hazards(...args).flatMap(({ action, reason }) => (action === 'restart' ? [reason] : []));
const notes = (...args: Parameters<typeof hazards>) => hazards(...args).map(({ note }) => note);

const MIRROR = { 'registry-mirrors': ['https://m.test'] };
const RUNTIMES = { runtimes: { crun: { path: '/usr/bin/crun' } } };

/** Each as its moby issue or the source of that tag has it. */
describe('a reload that must not be done', () => {
  test.each<[string, string, JsonObject, string]>([
    ['28.5.2', 'authorization plugins', {}, '--authorization-plugin opa'],
    ['23.0.6', 'moby#45552', { ...MIRROR, 'insecure-registries': ['a:5000'] }, ''],
    ['24.0.0', 'moby#45552', { ...MIRROR, 'insecure-registries': ['a:5000'] }, ''],
    ['24.0.9', 'insecure registries of its flags', MIRROR, '--insecure-registry a:5000'],
    ['29.1.0', 'moby#52056', { dns: ['1.1.1.1'] }, ''],
    ['29.1.0', 'moby#52056', {}, '--host-gateway-ip 10.0.0.1'],
    ['26.1.5', 'userland-proxy-path', { 'userland-proxy': true }, ''],
    ['28.5.2', '--add-runtime', RUNTIMES, '--add-runtime a=/x'],
    ['20.10.24', 'default-runtime', { 'default-runtime': 'a' }, '--add-runtime a=/x'],
  ])('%s: %s', (engine, reason, after, flags) => {
    expect(restarts(engine, after, flags).join()).toContain(reason);
  });

  test.each<[string, JsonObject, string]>([
    ['23.0.7', { ...MIRROR, 'insecure-registries': ['a:5000'] }, ''],
    ['24.0.1', { ...MIRROR, 'insecure-registries': ['a:5000'] }, ''],
    ['23.0.0', { ...MIRROR, 'insecure-registries': ['10.0.0.0/8'] }, ''],
    ['23.0.0', { 'insecure-registries': ['a:5000'] }, ''],
    ['25.0.0', MIRROR, '--insecure-registry a:5000'],
    ['28.5.2', { dns: ['1.1.1.1'] }, ''],
    ['29.3.0', { dns: ['1.1.1.1'] }, ''],
    ['24.0.9', { 'userland-proxy': true }, ''],
    ['26.1.5', { 'userland-proxy': true, 'userland-proxy-path': '/x' }, ''],
    ['28.5.2', RUNTIMES, ''],
    ['20.10.24', { 'default-runtime': 'runc' }, '--add-runtime a=/x'],
    ['25.0.0', { 'default-runtime': 'a' }, '--add-runtime a=/x'],
  ])('not on %s with %j %s', (engine, after, flags) => {
    expect(restarts(engine, after, flags)).toEqual([]);
  });
});

describe('a container that is made with host-gateway', () => {
  test('would not start again after a reload of 28.0 to 29.2', () => {
    const [hazard] = hazards('28.5.2', {}, '', ['web']).filter(
      ({ action }) => action === 'restart',
    );
    expect(hazard).toMatchObject({ onRequest: true, reason: expect.stringContaining('web') });
    expect(restarts('27.5.1', {}, '', ['web'])).toEqual([]);
    expect(restarts('29.3.0', {}, '', ['web'])).toEqual([]);
    expect(restarts('28.5.2', { bridge: 'none' }, '', ['web'])).toEqual([]);
  });

  test('five are named, on one line', () => {
    const names = ['a\nb', ...Array.from({ length: 9 }, (_, index) => `c${index}`)];
    expect(restarts('28.5.2', {}, '', names).join()).toMatch(
      /keep a\\x0ab, c0, c1, c2, c3 and 5 more/,
    );
  });
});

describe('what a reload does besides is told', () => {
  test.each<[string, JsonObject, string, RegExp]>([
    ['28.5.2', {}, '', /host-gateway/],
    ['20.10.24', RUNTIMES, '', /io\.containerd\.runc\.v2/],
    ['28.5.2', {}, '--max-concurrent-downloads 9', /back to its default/],
    ['28.5.2', {}, '--feature a', /drops the features/],
    ['26.1.5', { debug: false, 'log-level': 'WARN' }, '', /log level to info/],
    ['26.1.5', { 'shutdown-timeout': 0 }, '', /15 seconds/],
  ])('%s, %j %s', (engine, after, flags, note) => {
    const found = notes(engine, after, flags).filter((one) => one !== undefined);
    expect(found.join()).toMatch(note);
    for (const one of found) expect(isReloadNote(one)).toBe(true);
  });

  test.each<[string, JsonObject, string]>([
    ['26.1.5', {}, ''],
    ['26.1.5', { debug: false, 'log-level': 'info' }, ''],
    ['26.1.5', { debug: true, 'log-level': 'warn' }, ''],
    ['28.5.2', { bridge: 'none', features: {} }, '--feature a'],
    ['27.2.0', {}, '--feature a'],
  ])('nothing on %s, %j %s', (engine, after, flags) => {
    expect(notes(engine, after, flags)).toEqual([]);
  });

  test('another sentence is no note of a reload', () => {
    expect(isReloadNote('mtu needs a restart')).toBe(false);
  });
});

/** Measured: `<nil>` in /etc/hosts of 20.10 after a restart with a running container; 26.1 and 28.5 have the address. */
test.each<[string, JsonObject, number]>([
  ['20.10.24', {}, 1],
  ['20.10.24', { bridge: 'none' }, 0],
  ['20.10.24', { 'host-gateway-ip': '10.0.0.1' }, 0],
  ['26.1.5', {}, 0],
  ['28.5.2', {}, 0],
])('a restart of %s that containers outlive, %j: %i notes', (engine, after, count) => {
  expect(carriedRestartNotes(after, engineOf(engine), true)).toHaveLength(count);
});
