import { expect, test } from '@jest/globals';
import { parseRegistry } from '../../../../src/core/registry/address.js';
import { proxyFinding } from '../../../../src/core/registry/proxy.js';

const HttpsProxy = 'http://xxxxx:xxxxx@proxy.test:3128';
const found = (registry: string, NoProxy = '') =>
  proxyFinding(parseRegistry(registry), { HttpsProxy, HttpProxy: '', NoProxy });

test('a proxy of dockerd is named without its login, and so is the check that goes by it', () => {
  expect(found('registry.test:5000')).toMatchObject([
    {
      code: 'registry-by-proxy',
      severity: 'info',
      message: expect.stringContaining('the proxy http://proxy.test:3128,'),
      hint: 'dockerctl trust verify registry.test:5000 --deep',
    },
  ]);
});

test('without a proxy, or without a dockerd that says, there is nothing to say', () => {
  const registry = parseRegistry('registry.test');
  expect(proxyFinding(registry, { HttpsProxy: '', HttpProxy: '' })).toEqual([]);
  expect(proxyFinding(registry, null)).toEqual([]);
});

test.each([
  ['localhost:5000', ''],
  ['127.0.0.1:5000', ''],
  ['registry.test:5000', '*'],
  ['registry.test:5000', 'other, registry.test'],
  ['registry.test:5000', 'TEST'],
  ['registry.test:5000', '.test'],
  ['registry.test:5000', '*.test'],
  ['registry.test:5000', 'registry.test:5000'],
  ['registry.test', 'registry.test:443'],
  ['10.0.0.12:5000', '10.0.0.0/8'],
  ['10.0.0.12:5000', '10.0.0.12'],
  ['[fd00::12]:5000', 'fd00::/8'],
  ['[fd00::12]:5000', 'fd00::12'],
])('%s goes straight with NO_PROXY=%s', (registry, noProxy) => {
  expect(found(registry, noProxy)).toEqual([]);
});

test.each([
  ['registry.test:5000', 'registry.test:443'],
  ['registry.test:5000', 'gistry.test'],
  ['test', '.test'],
  ['10.0.0.12:5000', '10.0.0.0/33, 11.0.0.0/8, 0.0.12'],
  ['registry.test:5000', '10.0.0.0/8'],
])('%s goes by the proxy in spite of NO_PROXY=%s', (registry, noProxy) => {
  expect(found(registry, noProxy)).toHaveLength(1);
});
