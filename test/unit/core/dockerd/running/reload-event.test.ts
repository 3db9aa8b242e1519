import { expect, test } from '@jest/globals';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import { valueInEvent } from '../../../../../src/core/dockerd/running/reload-event.js';

/** moby daemon/reload.go writes each attribute with fmt. */
test.each([
  ['shutdown-timeout', '20', 20],
  ['max-concurrent-downloads', '3', 3],
  ['default-shm-size', '67108864', 67108864],
  ['default-ipc-mode', 'private', 'private'],
  ['features', 'map[buildkit:true cdi:false]', { buildkit: true, cdi: false }],
  ['features', 'map[]', {}],
])('%s: %s', (key, text, value) => {
  expect(valueInEvent(keyNamed(key)!, { [key]: text })).toEqual({ value });
});

test('what it does not have, or what others show, is not known by it', () => {
  expect(valueInEvent(keyNamed('shutdown-timeout')!, {})).toBeNull();
  expect(valueInEvent(keyNamed('mtu')!, { mtu: '1400' })).toBeNull();
  expect(valueInEvent(keyNamed('debug')!, { debug: 'true' })).toBeNull();
});
