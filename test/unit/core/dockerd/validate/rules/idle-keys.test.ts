import { expect, test } from '@jest/globals';
import { verdictOf, type Row } from '../../../../../support/judge-config.js';

test.each<Row>([
  [
    { debug: true, 'log-level': 'warn' },
    {},
    ['works', 'warning no-effect log-level -> remove one of them'],
  ],
  [{ debug: true, 'log-level': 'debug' }, {}, ['works']],
  [{ debug: false, 'log-level': 'warn' }, {}, ['works']],
  [
    { tlscert: '/c' },
    {},
    ['works', 'warning no-effect tlscert -> add "tlsverify": true, or remove tlscert'],
  ],
  [
    { 'userland-proxy': false, 'userland-proxy-path': '/usr/bin/docker-proxy' },
    {},
    ['works', 'warning no-effect userland-proxy-path -> remove userland-proxy-path'],
  ],
  [
    { 'log-driver': 'none', 'log-opts': { 'max-size': '10m' } },
    {},
    ['works', 'warning no-effect log-opts -> remove log-opts, or write another log-driver'],
  ],
  [{ 'log-driver': 'none' }, {}, ['works']],
  [{ 'log-driver': 'none', 'log-opts': null }, {}, ['works']],
])('%j', (config, given, verdict) => {
  expect(verdictOf(config, given)).toEqual(verdict);
});
