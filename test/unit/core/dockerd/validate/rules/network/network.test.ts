import { describe, expect, test } from '@jest/globals';
import { saidAt, verdictOf, type Given, type Row } from '../../../../../../support/judge-config.js';

test.each([
  ['{"ipv6": true}', '26', ['error bad-network 1:2']],
  ['{"ipv6": true}', '27', []],
  ['{"userland-proxy": true}', '24', []],
  ['{"userland-proxy": true}', '25', ['warning reload-refused 1:2']],
])('%s on %s', (text, engine, expected) => {
  expect(saidAt(text, { engine })).toEqual(expected);
});

describe('IPv6 before 27', () => {
  const BLOCK = 'error bad-network ipv6 -> add "fixed-cidr-v6": "fd00:1::/64", or update to 27';
  const TABLES = 'error bad-network ip6tables -> add "experimental": true, or update to 27';
  test.each<Row>([
    [{ ipv6: true }, { engine: '26.1' }, ['no start', BLOCK]],
    [{ ipv6: true, 'fixed-cidr-v6': 'fd00:1::/64' }, { engine: '26.1' }, ['works']],
    [{ ipv6: true, bridge: 'none' }, { engine: '26.1' }, ['works']],
    [{ ip6tables: true }, { engine: '26.1' }, ['no start', TABLES]],
    [{ ip6tables: true, experimental: true }, { engine: '26.1' }, ['works']],
    [{ ip6tables: true }, { engine: '27' }, ['works']],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

describe('icc false is made with rules of the firewall (libnetwork/drivers/bridge)', () => {
  test.each<Row>([
    [{ icc: false }, {}, ['works']],
    [
      { icc: false, iptables: false },
      {},
      ['no start', 'error bad-network iptables -> remove icc or iptables'],
    ],
    [
      { icc: false, ipv6: true, ip6tables: false },
      {},
      ['no start', 'error bad-network ip6tables -> remove icc or ip6tables'],
    ],
    [{ icc: false, ip6tables: false }, {}, ['works']],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('a flag counts where the file is silent', () => {
    expect(saidAt('{"icc": false}', { argv: ['--iptables=false'] })).toEqual([
      'error bad-network 1:2',
    ]);
  });
});

/** Since 25.0 (moby config_linux.go, verifyUserlandProxyConfig). */
describe('userland-proxy-path', () => {
  const there: Given = { host: { kindOf: () => 'executable' } };
  const missing = { host: { kindOf: () => null } };
  test.each<Row>([
    [{ 'userland-proxy-path': '/opt/proxy' }, there, ['works']],
    [
      { 'userland-proxy-path': '/opt/proxy' },
      missing,
      [
        'no start',
        'error missing-file userland-proxy-path -> create /opt/proxy, or correct userland-proxy-path',
      ],
    ],
    [
      { 'userland-proxy': true, 'userland-proxy-path': '/opt/proxy' },
      missing,
      [
        'no start, no reload',
        'error missing-file userland-proxy-path -> create /opt/proxy, or correct userland-proxy-path',
      ],
    ],
    [
      { 'userland-proxy-path': 'proxy' },
      there,
      ['no start', 'error bad-value userland-proxy-path -> write the whole path'],
    ],
    [
      { 'userland-proxy': false, 'userland-proxy-path': 'proxy' },
      there,
      ['works', 'warning no-effect userland-proxy-path -> remove userland-proxy-path'],
    ],
    [{ 'userland-proxy-path': 'proxy' }, { ...there, engine: '24' }, ['works']],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
