import { describe, expect, test } from '@jest/globals';
import { isInsecure } from '../../../../src/core/registry/insecure-list.js';

describe('isInsecure', () => {
  test.each([
    ['reg:5000', ['reg:5000'], [], true],
    ['reg:5000', ['reg'], [], false],
    ['reg', ['http://reg'], [], true],
    ['reg', ['10.0.0.1/8'], ['10.2.3.4'], true],
    ['reg', ['10.0.0.0/8'], ['11.2.3.4'], false],
    ['reg', ['2001:db8::/32'], ['2001:db8::7'], true],
    ['reg', [], ['127.0.0.5'], true],
    ['reg', [], [], false],
  ])('%s with %j, at %j: %s', (...[name, entries, addresses, expected]) => {
    expect(isInsecure(name, { entries, addresses })).toBe(expected);
  });
});
