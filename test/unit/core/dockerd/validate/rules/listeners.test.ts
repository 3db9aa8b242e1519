import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../src/core/dockerd/validate/host-facts.js';
import {
  judge,
  neededBy,
  saidAt,
  verdictOf,
  type Row,
} from '../../../../../support/judge-config.js';

test('an API open to the network is worth a warning', () => {
  expect(saidAt('{"hosts": ["tcp://0.0.0.0:2375"]}')).toEqual(['warning open-api 1:12']);
});

describe('hosts (moby opts/hosts.go, ValidateHost)', () => {
  const HINT = 'write unix:///var/run/docker.sock or fd://';
  const LOCAL =
    'remove it, and use the socket /var/run/docker.sock, or set tlsverify with certificates (`dockerctl certs issue --profile dockerd`)';
  test.each<Row>([
    [
      {
        hosts: ['unix:///run/docker.sock', 'fd://', 'tcp://127.0.0.1:2375', 'tcp://[::1]:2375', ''],
      },
      {},
      ['works', `warning open-api hosts.2 -> ${LOCAL}`, `warning open-api hosts.3 -> ${LOCAL}`],
    ],
    [{ hosts: ['ssh://x'] }, {}, ['no start, no reload', `error bad-host hosts.0 -> ${HINT}`]],
    [
      { hosts: ['ssh://x'] },
      { engine: '20.10' },
      ['no start', `error bad-host hosts.0 -> ${HINT}`],
    ],
    [
      { hosts: ['tcp://127.0.0.1:99999'] },
      {},
      ['no start, no reload', `error bad-host hosts.0 -> ${HINT}`],
    ],
    [
      { hosts: ['tcp://127.0.0.1:2375/path'] },
      {},
      ['no start, no reload', `error bad-host hosts.0 -> ${HINT}`],
    ],
    [
      { hosts: ['npipe:////./pipe/docker_engine'] },
      {},
      ['no start, no reload', `error bad-host hosts.0 -> ${HINT}`],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('who must show a certificate opens nothing', () => {
    const config = {
      hosts: ['tcp://0.0.0.0:2376'],
      ...{ tlsverify: true, tlscacert: '/ca', tlscert: '/c', tlskey: '/k' },
    };
    const host: HostFacts = { kindOf: () => 'file', isPem: () => true };
    expect(verdictOf(config, { host })).toEqual(['works']);
  });
});

describe('TLS', () => {
  test('a key that is no PEM', () => {
    const host: HostFacts = { kindOf: () => 'file', isPem: (path) => path === '/c' };
    expect(saidAt('{"tls": true, "tlscert": "/c", "tlskey": "/k"}', { host })).toEqual([
      'error bad-value 1:32',
    ]);
  });

  const nothing: HostFacts = { kindOf: () => null };

  test('either key switches it on, and the files must be there', () => {
    expect(verdictOf({ tls: true }, { host: nothing })).toEqual([
      'no start',
      'error tls-half tls -> set all in one change, `dockerctl config set tls=true tlscacert=FILE tlscert=FILE tlskey=FILE`, or remove tls',
    ]);
  });

  // dockerd 26.1 was seen to do so.
  test('tlsverify false alone does, too', () => {
    const { findings, fixes } = judge({ tlsverify: false }, { host: nothing });
    expect(findings).toMatchObject([
      { code: 'tls-half', severity: 'error' },
      { code: 'tls-half', severity: 'warning', hint: 'remove tlsverify' },
    ]);
    expect([...fixes.values()]).toEqual([{ remove: ['tlsverify'] }]);
  });

  test('a CA is read only where clients are verified', () => {
    const host: HostFacts = {
      kindOf: (path) => (path === '/ca' ? null : 'file'),
      isPem: () => true,
    };
    const files = { tlscacert: '/ca', tlscert: '/c', tlskey: '/k' };
    expect(verdictOf({ tls: true, ...files }, { host })).toEqual(['works']);
    expect(verdictOf({ tlsverify: true, ...files }, { host })).toEqual([
      'no start',
      'error missing-file tlscacert -> create /ca, or correct tlscacert',
    ]);
  });
});

describe('metrics-addr (moby cmd/dockerd/metrics.go)', () => {
  const HINT = 'write an address of this machine, such as "127.0.0.1:9323"';

  test('an address of another machine', () => {
    const host = { addresses: ['10.0.2.2'] };
    expect(saidAt('{"metrics-addr": "10.0.2.1:9323"}', { host })).toEqual([
      'error bad-address 1:2',
    ]);
    expect(verdictOf({ 'metrics-addr': '10.0.2.2:9323' }, { host })).toEqual(['works']);
    expect(neededBy({ 'metrics-addr': '10.0.2.1:9323' })).toEqual(['metrics-addr: 10.0.2.1']);
  });

  test.each([['127.0.0.1'], [':9323'], ['127.0.0.1:99999'], ['127.0.0.1:http']])(
    '%s is no address with a port',
    (address) => {
      expect(verdictOf({ 'metrics-addr': address })).toEqual([
        'no start',
        `error bad-address metrics-addr -> ${HINT}`,
      ]);
    },
  );
});
