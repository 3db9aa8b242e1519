import { expect, test } from '@jest/globals';
import {
  environmentValues,
  variablesOf,
} from '../../../../../src/core/dockerd/running/environment.js';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';

const values = (variables: Record<string, string>, version = '28.5.2') =>
  environmentValues(new Map(Object.entries(variables)), parseVersion(version)!).map(
    ({ path, value, variable }) => [path.join('.'), value, variable],
  );

/** golang.org/x/net/http/httpproxy: the capital name before the small one, and an empty one is none. */
test.each<[Record<string, string>, string[][]]>([
  [{ HTTP_PROXY: 'a', http_proxy: 'b' }, [['proxies.http-proxy', 'a', 'HTTP_PROXY']]],
  [{ HTTP_PROXY: '', http_proxy: 'b' }, [['proxies.http-proxy', 'b', 'http_proxy']]],
  [
    { https_proxy: 'a', NO_PROXY: 'b,c' },
    [
      ['proxies.https-proxy', 'a', 'https_proxy'],
      ['proxies.no-proxy', 'b,c', 'NO_PROXY'],
    ],
  ],
  [{ DOCKER_DRIVER: 'zfs' }, [['storage-driver', 'zfs', 'DOCKER_DRIVER']]],
  [{ DOCKER_DRIVER: '', Http_Proxy: 'a', ALL_PROXY: 'x', DOCKER_OPTS: '-D' }, []],
])('%j', (variables, expected) => {
  expect(values(variables)).toEqual(expected);
});

test('an older engine has no such keys', () => {
  expect(values({ HTTP_PROXY: 'a' }, '20.10.24')).toEqual([]);
  expect(values({ DOCKER_MIN_API_VERSION: '1.24' })).toEqual([]);
  expect(values({ DOCKER_MIN_API_VERSION: '1.24' }, '29.0.0')).toHaveLength(1);
});

test('the variables of a key', () => {
  expect(variablesOf('storage-driver')).toEqual(['DOCKER_DRIVER']);
  expect(variablesOf('proxies').slice(0, 2)).toEqual(['HTTP_PROXY', 'http_proxy']);
  expect(variablesOf('debug')).toEqual([]);
});
