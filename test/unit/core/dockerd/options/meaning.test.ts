import { expect, test } from '@jest/globals';
import { keyNamed } from '../../../../../src/core/dockerd/options/keys/keys.js';
import {
  isBlank,
  sameMeaning,
  stringsOf,
} from '../../../../../src/core/dockerd/options/meaning.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';

/** moby: what start and reload make of both is equal. */
test.each<[string, Json | undefined, Json | undefined]>([
  ['debug', undefined, false],
  ['debug', null, false],
  ['insecure-registries', ['b', 'a', 'a'], ['a', 'b']],
  ['insecure-registries', [], undefined],
  ['registry-mirrors', ['https://a'], ['https://a/']],
  ['registry-mirrors', ['https://a', 'https://a/'], ['https://a']],
  ['default-shm-size', '64M', '64MiB'],
  ['default-shm-size', '65536k', '64m'],
  // As 20.10, 26.1 and 28.5 show it.
  ['fixed-cidr', '10.5.0.254/8', '10.0.0.0/8'],
  ['log-opts', { a: '1', b: '2' }, { b: '2', a: '1' }],
  ['log-opts', {}, undefined],
  [
    'runtimes',
    { a: { path: '/x', runtimeArgs: ['1'] } },
    { a: { runtimeArgs: ['1'], path: '/x' } },
  ],
  ['mtu', 0, undefined],
  ['a-plugin-key', { b: 1, a: 2 }, { a: 2, b: 1 }],
])('%s: %j means what %j means', (name, a, b) => {
  expect(sameMeaning(name, a, b)).toBe(true);
  expect(sameMeaning(name, b, a)).toBe(true);
});

test.each<[string, Json | undefined, Json | undefined]>([
  ['debug', true, undefined],
  ['dns', ['1.1.1.1', '8.8.8.8'], ['8.8.8.8', '1.1.1.1']],
  ['registry-mirrors', ['https://a', 'https://b'], ['https://b', 'https://a']],
  ['default-shm-size', '64m', '65m'],
  ['default-shm-size', 'big', 'bigger'],
  ['fixed-cidr', '10.5.0.0/16', '10.5.0.0/24'],
  ['fixed-cidr', 'a', 'b'],
  ['exec-opts', ['a=1'], ['a=2']],
  ['runtimes', { a: { runtimeArgs: ['1', '2'] } }, { a: { runtimeArgs: ['2', '1'] } }],
  ['a-plugin-key', 0, undefined],
  ['labels', ['a=1'], ['a=1', 'b=2']],
])('%s: %j does not mean what %j means', (name, a, b) => {
  expect(sameMeaning(name, a, b)).toBe(false);
});

test.each<[string, Json | undefined, boolean]>([
  ['mtu', 0, true],
  ['mtu', 1, false],
  ['debug', false, false],
  ['dns', [], true],
  ['dns', [''], false],
  ['log-opts', {}, true],
  ['log-driver', '', true],
  ['log-driver', ' ', false],
  ['debug', null, true],
  ['debug', undefined, true],
])('%s: %j counts as nothing: %s', (name, value, blank) => {
  expect(isBlank(keyNamed(name), value)).toBe(blank);
});

test.each<[Json | undefined, string[]]>([
  [
    ['a', null, 1, ['b'], ''],
    ['a', '', ''],
  ],
  ['a', []],
  [null, []],
  [undefined, []],
  [{ 0: 'a' }, []],
])('the texts of %j', (value, texts) => {
  expect(stringsOf(value)).toEqual(texts);
});
