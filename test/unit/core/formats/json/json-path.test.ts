import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  formatPath,
  fromPointer,
  parsePath,
  toPointer,
} from '../../../../../src/core/formats/json/json-path.js';

describe('parsePath', () => {
  test.each([
    ['debug', ['debug']],
    ['log-opts.max-size', ['log-opts', 'max-size']],
    ['runtimes."io.containerd.kata.v2".path', ['runtimes', 'io.containerd.kata.v2', 'path']],
    ['"a\\"b"', ['a"b']],
    ['insecure-registries[0]', ['insecure-registries', '0']],
    ['default-address-pools[1].base', ['default-address-pools', '1', 'base']],
    ['/log-opts/max-size', ['log-opts', 'max-size']],
    ['/a~1b/c~0d', ['a/b', 'c~d']],
  ])('reads %s', (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  test.each(['', '.', 'a.', '.a', 'a..b', 'a b', '"a', 'a"b"', 'a[x]', '"\\x"'])(
    'refuses %j and says how to write it',
    (text) => {
      expect(() => parsePath(text)).toThrow(/is not a key path/);
    },
  );

  test('reads what formatPath writes', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });
});

test('a pointer is read as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (path) => {
      expect(fromPointer(toPointer(path))).toEqual(path);
    }),
  );
});
