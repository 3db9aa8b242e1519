import { describe, expect, test } from '@jest/globals';
import type { DoctorFacts } from '../../../../src/core/doctor/facts.js';
import { examine } from '../../../../src/core/doctor/families.js';
import type { Entry } from '../../../../src/core/trust/tree.js';
import { observedDaemon } from '../../../support/observed-daemon.js';

const file = (text: string): Entry => ({
  kind: 'file',
  image: { content: { text }, mode: 0o644, uid: 0, gid: 0 },
});
const folder = (...names: string[]): Entry => ({ kind: 'folder', names });

function healthy(parts: Partial<DoctorFacts> = {}): DoctorFacts {
  return {
    now: Date.parse('2026-11-21'),
    observed: observedDaemon(),
    config: {},
    host: {},
    unitResult: 'success',
    socketMode: 0o660,
    openChange: null,
    tree: new Map(),
    secrets: new Map(),
    clientConfigs: [],
    ...parts,
  };
}

const codesOf = (facts: DoctorFacts) =>
  examine(facts).flatMap(({ findings }) => findings.map(({ code }) => code));

test('a healthy machine has no finding, and an ok line for every family', () => {
  const examined = examine(healthy());
  expect(examined.flatMap(({ findings }) => findings)).toEqual([]);
  expect(examined.every(({ name, ok }) => name !== '' && ok !== '')).toBe(true);
});

describe('each defect is found by its own code', () => {
  const insecure = { 'insecure-registries': ['http://reg.example:5000'] };
  test.each<[string, Partial<DoctorFacts>]>([
    [
      'daemon-down',
      { observed: observedDaemon({ state: 'failed', info: null }), unitResult: 'exit-code' },
    ],
    [
      'daemon-start-limited',
      { observed: observedDaemon({ state: 'failed', info: null }), unitResult: 'start-limit-hit' },
    ],
    [
      'daemon-absent',
      { observed: observedDaemon({ state: 'absent', info: null }), unitResult: null },
    ],
    [
      'config-not-loaded',
      { config: { debug: true }, observed: observedDaemon({ info: { Debug: false } }) },
    ],
    [
      'unknown-key',
      {
        observed: observedDaemon({
          configFile: { content: { text: '{"registry-mirors": []}' }, mode: 0o644, uid: 0, gid: 0 },
        }),
      },
    ],
    ['change-interrupted', { openChange: { title: 'mirrors set', awaiting: false } }],
    ['change-awaits-confirmation', { openChange: { title: 'mirrors set', awaiting: true } }],
    [
      'api-without-tls',
      { observed: observedDaemon({ argv: ['dockerd', '-H', 'tcp://0.0.0.0:2375'] }) },
    ],
    ['socket-open-to-all', { socketMode: 0o666 }],
    [
      'credentials-in-plain-text',
      {
        clientConfigs: [
          { path: '/root/.docker/config.json', text: '{"auths":{"r":{"auth":"eDp5"}}}' },
        ],
      },
    ],
    [
      'trust-not-a-folder',
      {
        tree: new Map([
          ['/etc/docker/certs.d', folder('r:5000')],
          ['/etc/docker/certs.d/r:5000', file('x')],
        ]),
      },
    ],
    [
      'insecure-hides-certificates',
      {
        config: insecure,
        observed: observedDaemon({ info: null }),
        tree: new Map([
          ['/etc/docker/certs.d', folder('reg.example:5000')],
          ['/etc/docker/certs.d/reg.example:5000', folder('client.txt')],
        ]),
      },
    ],
  ])('%s', (code, parts) => {
    expect(codesOf(healthy(parts))).toEqual([code]);
  });

  test.each([
    ['loopback only', ['dockerd', '-H', 'tcp://127.0.0.1:2375']],
    ['verified clients', ['dockerd', '-H', 'tcp://0.0.0.0:2376', '--tlsverify']],
    ['the socket', ['dockerd', '-H', 'fd://']],
  ])('an API on %s is no finding', (_, argv) => {
    expect(codesOf(healthy({ observed: observedDaemon({ argv }) }))).toEqual([]);
  });

  test('every hint is something to type or do', () => {
    const facts = healthy({ socketMode: 0o666, openChange: { title: 'x', awaiting: false } });
    for (const { findings } of examine(facts))
      for (const { hint } of findings) expect(hint).toMatch(/^[a-z]/);
  });
});
