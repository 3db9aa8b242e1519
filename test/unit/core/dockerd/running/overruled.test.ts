import { expect, test } from '@jest/globals';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { refuseOverruled } from '../../../../../src/core/dockerd/running/overruled.js';
import { observedDaemon } from '../../../../support/observed-daemon.js';

const ask = (variable: string, value: string, [key, wanted]: readonly [string, Json]) => {
  refuseOverruled(
    observedDaemon({
      witnesses: {
        ...NO_WITNESSES,
        startEnvironment: new Map([[variable, { value, source: '/etc/default/docker' }]]),
      },
    }),
    key,
    { [key]: wanted },
  );
};

test.each<[string, string, readonly [string, Json]]>([
  ['DOCKER_DRIVER', 'vfs', ['storage-driver', 'overlay2']],
  ['HTTP_PROXY', 'http://p:1', ['proxies', { 'http-proxy': '' }]],
  ['no_proxy', 'localhost', ['proxies', { 'no-proxy': '' }]],
])('%s=%s has the last word over %j', (variable, value, wanted) => {
  expect(() => {
    ask(variable, value, wanted);
  }).toThrow(new RegExp(`${variable} in /etc/default/docker has the last word`));
});

test.each<[string, string, readonly [string, Json]]>([
  ['DOCKER_DRIVER', 'vfs', ['storage-driver', 'vfs']],
  ['DOCKER_DRIVER', 'vfs', ['debug', true]],
  ['HTTP_PROXY', 'http://p:1', ['proxies', { 'http-proxy': 'http://q:1' }]],
  ['HTTP_PROXY', 'http://p:1', ['proxies', { 'https-proxy': '' }]],
  ['DEBUG', '1', ['debug', false]],
])('%s=%s has not over %j', (variable, value, wanted) => {
  expect(() => {
    ask(variable, value, wanted);
  }).not.toThrow();
});
