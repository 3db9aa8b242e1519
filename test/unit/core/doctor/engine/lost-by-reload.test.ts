import { expect, test } from '@jest/globals';
import { lostByReload } from '../../../../../src/core/doctor/engine/lost-by-reload.js';
import type { ObservedDaemon } from '../../../../../src/core/dockerd/observed/observed.js';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';
import { WEB } from '../../../../support/plans.js';

const reload = { kind: 'seen', atMs: 1, attributes: {} } as const;
const witnesses = { ...NO_WITNESSES, environment: new Map(), reload };
const find = (observed: Partial<ObservedDaemon>) =>
  told(lostByReload(doctorFacts({ observed: { version: '28.5.2', witnesses, ...observed } })));

// moby#52056: 28.0 to 29.2.
test('a reload of an engine that loses host-gateway asks for a restart', () => {
  expect(find({ version: '27.5.1' })).toEqual([]);
  expect(find({ version: '29.3.0' })).toEqual([]);
  expect(find({ witnesses: NO_WITNESSES })).toEqual([]);
  expect(find({})).toEqual(['host-gateway-lost dockerd -> dockerctl daemon restart']);
});

test('with containers by a restart that no reload follows: live-restore stays on', () => {
  const containers = [WEB];
  expect(find({ containers })).toEqual([
    'host-gateway-lost dockerd -> dockerctl config set live-restore true --activate reload && dockerctl daemon restart',
  ]);
  expect(find({ containers, info: { LiveRestoreEnabled: true } })).toEqual([
    'host-gateway-lost dockerd -> dockerctl daemon restart',
  ]);
});

// moby 20.10 daemon/reload_unix.go: /info Runtimes as 20.10.24 lists them after its start, and after a reload of a file with runtimes.
test('a reload that lost the runtimes of containerd asks for a restart', () => {
  const version = '20.10.24';
  const own = { runc: { path: 'runc' }, x: { path: '/usr/bin/runc' } };
  const all = { ...own, 'io.containerd.runc.v2': { path: 'runc' } };
  expect(find({ version, info: { Runtimes: all } })).toEqual([]);
  expect(find({ version: '26.1.5', info: { Runtimes: own } })).toEqual([]);
  expect(find({ version, info: { Runtimes: own } })).toEqual([
    'shim-runtimes-lost dockerd -> dockerctl daemon restart',
  ]);
});
