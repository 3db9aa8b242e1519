import { describe, expect, test } from '@jest/globals';
import {
  pathInside,
  pathOutside,
  readContainers,
} from '../../../../../src/core/pki/authority/container-mounts.js';

/** As `docker inspect` answers (moby api/types/container, InspectResponse), cut. */
const INSPECTED = {
  Name: '/registry',
  Args: ['serve', '/etc/config.yml'],
  State: { Running: true },
  Config: { User: '1000:1000', Env: ['A=b=c', 'EMPTY='] },
  HostConfig: { NetworkMode: 'bridge' },
  NetworkSettings: {
    Ports: {
      '5000/tcp': [{ HostIp: '0.0.0.0', HostPort: '5001' }],
      '5002/tcp': [{ HostIp: '::', HostPort: '5002' }],
      '5003/tcp': [{ HostIp: '192.0.2.1', HostPort: '443' }],
      '5004/tcp': null,
    },
  },
  Mounts: [
    { Type: 'bind', Source: '/srv/certs', Destination: '/certs' },
    { Type: 'tmpfs', Source: '', Destination: '/tmp' },
  ],
};
const read = (...containers: object[]) => readContainers(JSON.stringify(containers));

describe('docker inspect', () => {
  test('tells who runs it, what it sees, and where it is asked', () => {
    expect(read(INSPECTED)).toEqual([
      {
        name: 'registry',
        isRunning: true,
        uid: 1000,
        mounts: [{ source: '/srv/certs', destination: '/certs' }],
        environment: new Map([
          ['A', 'b=c'],
          ['EMPTY', ''],
        ]),
        args: ['serve', '/etc/config.yml'],
        ports: new Map([
          ['5000/tcp', { host: '127.0.0.1', port: 5001 }],
          ['5002/tcp', { host: '::1', port: 5002 }],
          ['5003/tcp', { host: '192.0.2.1', port: 443 }],
        ]),
        onHostNetwork: false,
      },
    ]);
  });

  test.each([
    ['', null],
    ['0', null],
    ['0:0', null],
    ['root', null],
    ['65534', 65534],
  ])('the user %j is the number %j', (User, uid) => {
    expect(read({ ...INSPECTED, Config: { User } })).toMatchObject([{ uid }]);
  });

  test('of one that does not run, on the network of the host, little is known', () => {
    expect(read({ HostConfig: { NetworkMode: 'host' } })).toMatchObject([
      { name: '', isRunning: false, uid: null, mounts: [], args: [], onHostNetwork: true },
    ]);
  });

  test.each(['', '{}', 'null', '[null]', 'Error: no such object'])('%j is no answer', (json) => {
    expect(readContainers(json)).toEqual([]);
  });
});

describe('a path', () => {
  const mounts = [
    { source: '/srv', destination: '/data' },
    { source: '/srv/tls', destination: '/certs' },
    { source: '/', destination: '/host' },
  ];

  test.each([
    ['/srv/a', '/data/a'],
    ['/srv/tls/a.crt', '/certs/a.crt'],
    ['/srv/tls', '/certs'],
    ['/srv/tlsx/a', '/data/tlsx/a'],
    ['/etc/a', '/host/etc/a'],
  ])('%s here is %s inside, and back', (outside, inside) => {
    expect(pathInside(mounts, outside)).toBe(inside);
    expect(pathOutside(mounts, inside)).toBe(outside);
  });

  test('that no mount holds is not seen on the other side', () => {
    expect(pathInside(mounts.slice(0, 2), '/etc/a')).toBeNull();
    expect(pathOutside(mounts, '/etc/a')).toBeNull();
  });
});
