import { expect, test } from '@jest/globals';
import { judge } from '../../../../../../support/judge-config.js';

/** One finding for one mistake, and its cure. */
test.each<[config: unknown, hint: string]>([
  [
    { bridge: { bip: '10.0.0.1/24' } },
    'put what is inside beside "bridge": these are keys of their own',
  ],
  [
    { bridge: { 'com.docker.network.driver.mtu': '1460' } },
    'put it into "bridge" inside "default-network-opts"',
  ],
  [
    { 'default-network-opts': { mtu: '1450' } },
    'write an object, such as {"bridge":{"com.docker.network.driver.mtu":"1450"}}',
  ],
  [
    { 'default-address-pools': ['10.0.0.0/16'] },
    'write an object, such as {"base":"10.10.0.0/16","size":24}',
  ],
  [
    { proxies: 'http://p:3128' },
    'write an object, such as {"http-proxy":"http://p:3128","https-proxy":"http://p:3128"}',
  ],
  [
    { proxies: 'http://u:secret@p:3128' },
    'write an object, such as {"http-proxy":"http://proxy.example.com:3128"}',
  ],
  [{ builder: { gc: { policy: 1 } } }, 'write a list, such as [{"keepStorage":"10GB"}]'],
  [
    { 'default-ulimits': { nofile: [] } },
    'write an object, such as {"Name":"nofile","Hard":65536,"Soft":65536}',
  ],
  [{ mtu: true }, 'write a whole number, such as 1500'],
  [{ 'log-driver': { type: 'local' } }, 'write a text, such as "json-file"'],
  [{ 'data-root': 1.5 }, 'write "1.5", in double quotes'],
])('%j', (config, hint) => {
  expect(judge(config).findings).toMatchObject([{ code: 'wrong-type', hint }]);
});
