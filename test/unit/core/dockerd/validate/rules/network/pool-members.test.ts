import { expect, test } from '@jest/globals';
import { verdictOf, type Row } from '../../../../../../support/judge-config.js';

test.each<Row>([
  [
    { 'default-address-pools': [{ base: '10.10.0.0/16', prefix: 24 }] },
    {},
    ['no start', 'error bad-network default-address-pools.0.prefix -> write size'],
  ],
  [
    { 'default-address-pools': [{ subnet: '10.10.0.0/16', size: 24 }] },
    {},
    ['no start', 'error bad-network default-address-pools.0.subnet -> write base'],
  ],
  [
    { 'default-address-pools': [{ base: '10.10.0.0/16' }] },
    {},
    ['no start', 'error bad-network default-address-pools.0 -> add "size": 24'],
  ],
  [
    { 'default-address-pools': [{ size: 24 }] },
    {},
    ['no start', 'error bad-network default-address-pools.0 -> add "base": "10.10.0.0/16"'],
  ],
  [{ 'default-address-pools': [{ Base: '10.10.0.0/16', SIZE: 24 }] }, {}, ['works']],
])('one finding for a pool without a member: %j', (config, given, verdict) => {
  expect(verdictOf(config, given)).toEqual(verdict);
});
