import { expect, test } from '@jest/globals';
import { neededBy, verdictOf } from '../../../../../support/judge-config.js';

const HINT = 'remove it: use swarm mode';
const host = { interfaces: ['lo', 'eth0'], addresses: ['127.0.0.1', '10.0.0.5'] };
const on20 = (config: object, known = host) =>
  verdictOf(config, { engine: '20.10.24', host: known }).filter(
    // That 23 refuses the keys is said in any case.
    (line) => !line.includes('deprecated-key'),
  );

test('a store that 20.10 can advertise itself in is taken', () => {
  expect(
    on20({ 'cluster-store': 'etcd://10.0.0.9:2379', 'cluster-advertise': '10.0.0.5:2376' }),
  ).toEqual(['works']);
  expect(on20({ 'cluster-store': 'zk://10.0.0.9:2181', 'cluster-advertise': 'eth0:2376' })).toEqual(
    ['works'],
  );
});

// moby daemon.go, networkOptions; pkg/discovery/backends.go; Debian's build has no consul.
test.each([['consul://10.0.0.9:8500'], ['10.0.0.9:2379'], ['etcd://']])(
  'the store %s stops a start, and no reload',
  (store) => {
    expect(on20({ 'cluster-store': store })).toEqual([
      'no start',
      `error bad-value cluster-store -> ${HINT}`,
    ]);
  },
);

test('an address that no interface has cannot be advertised', () => {
  const config = { 'cluster-store': 'etcd://10.0.0.9:2379', 'cluster-advertise': 'eth9:2376' };
  expect(on20(config)).toContain(`error bad-value cluster-advertise -> ${HINT}`);
  expect(neededBy(config, { engine: '20.10.24' })).toEqual(['cluster-advertise: eth9']);
});

test.each([
  [{ 'discovery.heartbeat': '10', 'discovery.ttl': '20' }, true],
  [{ 'discovery.heartbeat': '20', 'discovery.ttl': '10' }, false],
  [{ 'discovery.heartbeat': '0' }, false],
])('the times %j of the discovery are taken: %s (discovery.go, discoveryOpts)', (times, taken) => {
  const config = {
    'cluster-store': 'etcd://10.0.0.9:2379',
    'cluster-advertise': '10.0.0.5:2376',
    'cluster-store-opts': times,
  };
  expect(on20(config)).toEqual(
    taken ? ['works'] : ['no start', `error bad-value cluster-store-opts -> ${HINT}`],
  );
});

test('23 has removed the keys, whatever they say, and 24 does not know them', () => {
  const config = { 'cluster-store': 'etcd://10.0.0.9:2379' };
  expect(verdictOf(config, { engine: '23' })[0]).toBe('no start');
  expect(verdictOf(config, { engine: '24' })).toEqual([
    'no start, no reload',
    'error key-of-other-engine cluster-store -> remove it: swarm mode took its place',
  ]);
});
