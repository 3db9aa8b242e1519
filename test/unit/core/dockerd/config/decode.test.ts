import { describe, expect, test } from '@jest/globals';
import { decodedConfig } from '../../../../../src/core/dockerd/config/decode.js';
import type { Json } from '../../../../../src/core/formats/json/json-object.js';

const decoded = (...pairs: readonly (readonly [string, Json])[]) =>
  Object.fromEntries(decodedConfig(pairs, [26, 1, 5]));

describe('decodedConfig', () => {
  test.each<[string, readonly (readonly [string, Json])[], unknown]>([
    [
      'in one object',
      [['builder', { gc: { enabled: false }, GC: { policy: [] } }]],
      { policy: [] },
    ],
    ['by null', [['builder', { gc: { enabled: false }, GC: null }]], null],
    [
      'in a key that stands twice',
      [
        ['builder', { gc: { enabled: false } }],
        ['builder', { gc: { policy: [] } }],
      ],
      { policy: [] },
    ],
  ])('28 decodes builder.gc anew, given twice %s', (_, pairs, gc) => {
    // moby daemon/config/builder.go, BuilderGCConfig.UnmarshalJSON; typed on 28.5 and 26.1.
    expect(decodedConfig(pairs, [28, 5, 2]).get('builder')).toEqual({ gc });
  });

  test.each<[string, readonly (readonly [string, Json])[], unknown]>([
    [
      'members of a struct that differ in case are one, and the last counts',
      [['default-address-pools', [{ base: '10.0.0.0/16', Base: '10.1.0.0/16', size: 24 }]]],
      { 'default-address-pools': [{ base: '10.1.0.0/16', size: 24 }] },
    ],
    [
      'structs inside are joined',
      [['builder', { gc: { enabled: true }, GC: { defaultKeepStorage: '1GB' } }]],
      { builder: { gc: { enabled: true, defaultKeepStorage: '1GB' } } },
    ],
    [
      'a list takes the place of the list before',
      [['builder', { gc: { policy: [{ all: true }] }, GC: { Policy: [{ all: false }] } }]],
      { builder: { gc: { policy: [{ all: false }] } } },
    ],
    [
      'of a key that stands twice structs are joined however deep',
      [
        ['builder', { gc: { enabled: true } }],
        ['builder', { gc: { defaultKeepStorage: '1GB' } }],
      ],
      { builder: { gc: { enabled: true, defaultKeepStorage: '1GB' } } },
    ],
    [
      'and the elements of a map are made anew',
      [
        ['runtimes', { a: { path: '/a' }, b: { path: '/b' } }],
        ['runtimes', { a: { runtimeType: 'x' } }],
      ],
      { runtimes: { a: { runtimeType: 'x' }, b: { path: '/b' } } },
    ],
    [
      'names of a map are what they are',
      [['features', { a: true, A: false }]],
      { features: { a: true, A: false } },
    ],
    [
      'null leaves a text and a struct as they are, and empties a list',
      [['builder', { gc: { enabled: true, policy: [] }, GC: null }]],
      { builder: { gc: { enabled: true, policy: [] } } },
    ],
    [
      'of texts the last counts',
      [
        ['bip', 'a'],
        ['bip', 'b'],
      ],
      { bip: 'b' },
    ],
  ])('%s', (_, pairs, expected) => {
    expect(decoded(...pairs)).toEqual(expected);
  });

  test('what is as it was is not made again', () => {
    const pools = [{ base: '10.0.0.0/16', size: 24 }];
    expect(
      decodedConfig([['default-address-pools', pools]], [26, 1, 5]).get('default-address-pools'),
    ).toBe(pools);
  });
});
