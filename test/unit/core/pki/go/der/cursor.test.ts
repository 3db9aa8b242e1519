import { describe, expect, test } from '@jest/globals';
import {
  cursor,
  enter,
  isAtEnd,
  isNext,
  read,
  readAny,
  take,
} from '../../../../../../src/core/pki/go/der/cursor.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';
import { int, seq, text, tlv } from '../../../../../support/chains/der.js';

const hex = (bytes: string) => readAny(cursor(Buffer.from(bytes, 'hex')));

test('values are read one behind the other, and into', () => {
  const from = cursor(seq(int(7), text(12, 'x')));
  const inner = enter(from, 0x30, ['not-der', 'x']);
  expect([isAtEnd(from), isNext(inner, 2), isNext(inner, 12)]).toEqual([true, true, false]);
  expect(read(inner, 2)?.content).toEqual(Buffer.of(7));
  expect(take(inner, 12, ['not-der', 'x'])).toEqual(Buffer.from('x'));
  expect([isAtEnd(inner), readAny(inner)]).toEqual([true, null]);
});

test('another tag is none, or refused', () => {
  expect(read(cursor(int(7)), 12)).toBeNull();
  expect(tried(() => take(cursor(int(7)), 12, ['not-der', 'why'])).refusal).toEqual({
    ...{ code: 'not-der', detail: 'why' },
  });
});

test('a long value has its length in the fewest octets', () => {
  for (const size of [0, 127, 128, 255, 256, 70_000]) {
    const whole = tlv(4, Buffer.alloc(size));
    expect(readAny(cursor(whole))).toMatchObject({ tag: 4, content: { length: size } });
  }
});

/** X.690, section 10.1; golang.org/x/crypto/cryptobyte, readASN1. */
describe('what is no DER', () => {
  test.each([
    ['', 'nothing'],
    ['04', 'no length'],
    ['0402aa', 'fewer octets than it says'],
    ['0480aa0000', 'an indefinite length'],
    ['048101aa', 'a length in more octets than it takes'],
    ['04820001aa', 'a length that begins with zero'],
    ['0485000000000100', 'a length of five octets'],
    ['1f010100', 'a tag of several octets'],
  ])('%s: %s', (bytes) => {
    expect(hex(bytes)).toBeNull();
  });
});
