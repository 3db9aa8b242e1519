import { expect, test } from '@jest/globals';
import {
  desiredDrifts,
  desiredPlan,
  driftsBySlice,
  editedBy,
  secretsOf,
  type MachineState,
} from '../../../../src/core/declaration/desired.js';
import { createPlan } from '../../../../src/core/plan/plan.js';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import { DockerctlError } from '../../../../src/errors.js';
import { situationOf } from '../../../support/declared-daemon.js';
import { imageOf } from '../../../support/doctor-facts.js';

const change = { path: '/srv/tls/reg.crt', before: null, after: imageOf('new') };
const target = { kind: 'folder', path: '/srv/tls' } as const;
const bytes = (text: string) => Buffer.from(text);
const stateOf = (registries: number): MachineState => ({
  daemon: situationOf({ declared: '{ daemon: { debug: true } }', file: '{}' }),
  trust: {
    machine: { certsDir: '/etc/docker/certs.d', mirrors: [] },
    registries: Array.from({ length: registries }, (_, count) => ({
      address: parseRegistry(`r${count}.test`),
      declared: { insecure: true, to: ['podman'] },
      material: { ca: null, client: null, insecure: true },
    })),
    ...{ authorities: [], snapshot: new Map(), secrets: new Map([['t', bytes('t')]]) },
  },
  certificates: {
    targets: [{ name: 'reg', target, plan: createPlan('', { changes: [change] }) }],
    secrets: new Map([['c', bytes('c')]]),
  },
});

test('everything that is not as declared, certificates first and dockerd last', () => {
  expect(desiredDrifts(stateOf(1)).map(({ id }) => id)).toEqual([
    ...['certificates:reg:/srv/tls', 'registries:r0.test:podman', 'daemon:/debug'],
  ]);
});

test('of many registries in several parts, and none of them twice', () => {
  const parts = [...driftsBySlice(stateOf(300))];
  expect(parts.length).toBeGreaterThan(4);
  const ids = parts.flat().map(({ id }) => id);
  expect([ids.length, new Set(ids).size]).toEqual([302, 302]);
});

test('authorities of the system are looked at beside registries', () => {
  const error = new DockerctlError({ code: 'not-found', message: 'No file.', hint: 'x' });
  const state = stateOf(1);
  const authorities = [{ name: 'corp', pem: error }];
  const ids = desiredDrifts({ ...state, trust: { ...state.trust, authorities } }).map(
    ({ id }) => id,
  );
  expect(ids.filter((id) => id.startsWith('cas:'))).toHaveLength(1);
});

test('a plan edits the file of the dockerd that it changes, and of no other', () => {
  const state = stateOf(1);
  const of = (id: string) => editedBy(desiredPlan(state, 'apply', new Set([id])), state);
  expect(of('daemon:/debug')).toBe(state.daemon.observed);
  expect(of('registries:r0.test:podman')).toBeUndefined();
});

test('one plan of all of it, or of what was chosen', () => {
  const paths = (chosen: ReadonlySet<string> | null) =>
    desiredPlan(stateOf(1), 'apply', chosen)
      .changes.map(({ path }) => path)
      .filter((path) => !path.startsWith('/var/'));
  expect(paths(null)).toEqual([
    '/srv/tls/reg.crt',
    '/etc/containers/registries.conf.d/90-dockerctl-r0.test.conf',
    '/etc/docker/daemon.json',
  ]);
  expect(paths(new Set(['daemon:/debug']))).toEqual(['/etc/docker/daemon.json']);
});

test('the bytes that its plan names are those of registries and certificates', () => {
  expect([...secretsOf(stateOf(0)).keys()].sort()).toEqual(['c', 't']);
});
