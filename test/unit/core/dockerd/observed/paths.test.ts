import { describe, expect, test } from '@jest/globals';
import {
  daemonPaths,
  engineEndpoint,
  listenAddresses,
} from '../../../../../src/core/dockerd/observed/paths.js';

const fallback = { sockets: ['/run/other.sock'], socket: '/run/docker.sock' };

describe('engineEndpoint', () => {
  test.each([
    ['nothing given', [], { socketPath: '/run/docker.sock' }],
    ['socket activation', ['fd://'], { socketPath: '/run/other.sock' }],
    [
      'a unix socket before all else',
      ['tcp://127.0.0.1:2375', 'unix:///tmp/d.sock'],
      { socketPath: '/tmp/d.sock' },
    ],
    [
      'TCP on the loopback',
      ['tcp://127.0.0.1:2375'],
      { scheme: 'http', host: '127.0.0.1', port: 2375 },
    ],
    ['TCP on the IPv6 loopback', ['tcp://[::1]:2375'], { scheme: 'http', host: '::1', port: 2375 }],
    ['TCP that needs TLS', ['tcp://0.0.0.0:2376'], null],
  ])('%s', (_, hosts, endpoint) => {
    expect(engineEndpoint(hosts, fallback)).toEqual(endpoint);
  });
});

describe('listenAddresses', () => {
  test.each([
    ['the flags', ['dockerd', '-H', 'fd://'], '{"hosts":["tcp://x"]}', ['fd://']],
    [
      'the file when there are no flags',
      ['dockerd'],
      '{"hosts":["unix:///a.sock", 7]}',
      ['unix:///a.sock'],
    ],
    ['nothing from a broken file', ['dockerd'], '{"hosts":', []],
    ['nothing from null', ['dockerd'], 'null', []],
  ])('takes %s', (...[, argv, text, addresses]) => {
    expect(listenAddresses(argv, text)).toEqual(addresses);
  });
});

test('rootless keeps its files in the XDG folders', () => {
  const env = { HOME: '/home/a', XDG_RUNTIME_DIR: '/run/user/1000' };
  expect(daemonPaths('rootless', env)).toEqual({
    config: '/home/a/.config/docker/daemon.json',
    certs: '/home/a/.config/docker/certs.d',
    socket: '/run/user/1000/docker.sock',
    pidFile: '/run/user/1000/docker.pid',
  });
  expect(daemonPaths('rootless', { ...env, XDG_CONFIG_HOME: '/c' }).config).toBe(
    '/c/docker/daemon.json',
  );
});
