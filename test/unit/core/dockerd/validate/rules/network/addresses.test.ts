import { describe, expect, test } from '@jest/globals';
import { judge, verdictOf, type Row } from '../../../../../../support/judge-config.js';

describe('servers and domains', () => {
  const ADDRESS = 'write an address such as "10.0.0.1"';
  test.each<Row>([
    [{ dns: ['10.0.0.1', 'fd00::53'], 'dns-search': ['corp.example', '.'] }, {}, ['works']],
    [
      { dns: ['10.0.0.1', 'dns.corp'] },
      {},
      ['no start, no reload', `error bad-address dns.1 -> ${ADDRESS}`],
    ],
    [{ dns: [' 10.0.0.1'] }, { engine: '24' }, ['works']],
    [
      { dns: [' 10.0.0.1'] },
      { engine: '25' },
      ['no start, no reload', `error bad-address dns.0 -> ${ADDRESS}`],
    ],
    [
      { 'dns-search': ['-x'] },
      {},
      [
        'no start, no reload',
        'error bad-value dns-search.0 -> write a domain such as "example.com"',
      ],
    ],
    [
      { 'host-gateway-ips': ['10.0.0.1', '10.0.0.2'] },
      {},
      ['no start, no reload', 'error bad-address host-gateway-ips -> remove the others'],
    ],
    [{ 'host-gateway-ips': ['10.0.0.1', 'fd00::1'] }, {}, ['works']],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('an address of the host may have a zone', () => {
    expect(judge({ 'host-gateway-ips': ['fe80::1%eth0'] }).starts).toBe(true);
  });

  test.each([[{ dns: [''] }], [{ dns: [null] }]])(
    'dockerd starts with %j, and no container does',
    (config) => {
      expect(judge(config, { engine: '26.1' })).toMatchObject({ starts: true, containers: false });
    },
  );
});
