import { describe, expect, test } from '@jest/globals';
import { cursor } from '../../../../../../src/core/pki/go/der/cursor.js';
import { readName } from '../../../../../../src/core/pki/go/names/distinguished-name.js';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';
import {
  attribute,
  cn,
  int,
  NO_NAME,
  oid,
  seq,
  set,
  text,
} from '../../../../../support/chains/der.js';

const read = (der: Buffer) =>
  GENERATIONS.map((generation) => {
    const { value, refusal } = tried(() => readName(cursor(der), rulesOf(generation)));
    return refusal === null ? value.text : refusal.code;
  });
const all = (said: string) => [said, said, said];

describe('a name for people (RFC 4519)', () => {
  test.each<[string, Buffer]>([
    ['CN=Example CA', cn('Example CA')],
    ['(no name)', NO_NAME],
    [
      'C=DE, O=Example, CN=x',
      seq(
        attribute('2.5.4.6', text(19, 'DE')),
        attribute('2.5.4.10', text(12, 'Example')),
        attribute('2.5.4.3', text(12, 'x')),
      ),
    ],
    ['1.2.3=x', seq(attribute('1.2.3', text(12, 'x')))],
    [
      'CN=a, OU=b',
      seq(set(seq(oid('2.5.4.3'), text(12, 'a')), seq(oid('2.5.4.11'), text(12, 'b')))),
    ],
  ])('%s', (said, der) => {
    expect(read(der)).toEqual(all(said));
  });
});

test('two spellings of one name are two: Go compares the bytes', () => {
  const raw = (der: Buffer) => readName(cursor(der), rulesOf('1.24')).raw;
  expect(raw(cn('x', 12)).equals(raw(cn('x', 12)))).toBe(true);
  expect(raw(cn('x', 12)).equals(raw(cn('x', 19)))).toBe(false);
});

/** parser.go, parseName and parseASN1Any. */
test('a value that is no text is taken since 1.27', () => {
  const [old, middle, recent] = read(seq(attribute('2.5.4.3', int(7))));
  expect([old, middle]).toEqual(['name-type-unsupported', 'name-type-unsupported']);
  expect(recent).toMatch(/^CN=/);
});

test.each<[string, Buffer]>([
  ['a text', text(12, 'x')],
  ['a list of no sets', seq(text(12, 'x'))],
  ['an attribute without a value', seq(set(seq(oid('2.5.4.3'))))],
])('%s is no name', (_, der) => {
  expect(read(der)).toEqual(all('name-malformed'));
});
