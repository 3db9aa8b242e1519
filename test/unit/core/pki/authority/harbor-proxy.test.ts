import { expect, test } from '@jest/globals';
import { readHarborProxy } from '../../../../../src/core/pki/authority/harbor-proxy.js';

/** The parts that count of what `docker inspect nginx` answers for Harbor 2. */
const inspected = (
  ports: Readonly<Record<string, unknown>>,
  networkMode = 'harbor_harbor',
): string =>
  JSON.stringify([
    {
      State: { Running: true },
      HostConfig: { NetworkMode: networkMode },
      NetworkSettings: { Ports: ports },
      Mounts: [{ Type: 'bind', Source: '/data/secret/cert', Destination: '/etc/cert', RW: true }],
    },
  ]);
const at = (HostIp: string, HostPort: string) => ({ HostIp, HostPort });

test.each([
  ['everywhere', { '8443/tcp': [at('0.0.0.0', '443'), at('::', '443')] }, '127.0.0.1', 443],
  ['on IPv6 alone', { '8443/tcp': [at('::', '443')] }, '::1', 443],
  ['on one address', { '8443/tcp': [at('10.0.0.5', '8443')] }, '10.0.0.5', 8443],
  ['as before 1.10', { '443/tcp': [at('', '9443')], '80/tcp': [at('', '80')] }, '127.0.0.1', 9443],
])('a proxy published %s is asked there', (_, ports, host, port) => {
  expect(readHarborProxy(inspected(ports), 443)).toMatchObject({
    isRunning: true,
    endpoint: { host, port },
  });
});

test('a proxy in the network of the host is asked on the port of harbor.yml', () => {
  expect(readHarborProxy(inspected({}, 'host'), 8443)?.endpoint).toEqual({
    host: '127.0.0.1',
    port: 8443,
  });
});

test.each([[{}], [{ '8443/tcp': null }], [{ '8080/tcp': [at('', '80')] }]])(
  'a proxy that publishes no TLS port cannot be asked: %j',
  (ports) => {
    expect(readHarborProxy(inspected(ports), 443)?.endpoint).toBeNull();
  },
);

test.each(['', '[]', 'Error: No such container: nginx', 'null'])(
  'no container is no proxy: %j',
  (answer) => {
    expect(readHarborProxy(answer, 443)).toBeNull();
  },
);
