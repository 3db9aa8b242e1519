import { expect, test } from '@jest/globals';
import { isAscii, textOf } from '../../../../../../src/core/pki/go/der/strings.js';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import { tried } from '../../../../../../src/core/pki/go/rules/refusal.js';

const read = (tag: number, bytes: Uint8Array) =>
  GENERATIONS.map((generation) => {
    const { value, refusal } = tried(() => textOf(tag, Buffer.from(bytes), rulesOf(generation)));
    return refusal === null ? value : refusal.code;
  });
const all = (said: string | null) => [said, said, said];
const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16();
const BAD = 'name-string-invalid';

/** Tags of X.680; what each type has, by crypto/x509/parser.go, parseASN1String and isPrintable. */
test.each<[string, number, Uint8Array, string | null]>([
  ['UTF8String', 12, Buffer.from('ä€'), 'ä€'],
  ['UTF8String that is none', 12, Buffer.of(0xff), BAD],
  ['PrintableString', 19, Buffer.from("Example Corp. (R&D) *'"), "Example Corp. (R&D) *'"],
  ['PrintableString with @', 19, Buffer.from('a@b'), BAD],
  ['PrintableString with an underscore', 19, Buffer.from('a_b'), BAD],
  ['IA5String', 22, Buffer.from('a@b_c'), 'a@b_c'],
  ['IA5String beyond ASCII', 22, Buffer.of(0xe4), BAD],
  ['NumericString', 18, Buffer.from('12 34'), '12 34'],
  ['NumericString with a letter', 18, Buffer.from('12a'), BAD],
  ['TeletexString', 20, Buffer.of(0xe4), 'ä'],
  ['BMPString', 30, utf16('ä€'), 'ä€'],
  ['BMPString with zeros at its end', 30, utf16('x\0'), 'x'],
  ['BMPString of odd length', 30, Buffer.of(0, 65, 0), BAD],
  ['an INTEGER', 2, Buffer.of(1), null],
])('%s', (_, tag, bytes, expected) => {
  expect(read(tag, bytes)).toEqual(all(expected));
});

test('surrogates in a BMPString are refused by those that look', () => {
  for (const [at, generation] of GENERATIONS.entries())
    expect(read(30, utf16('😀'))[at] === BAD).toBe(rulesOf(generation).bmpWithoutSurrogates);
});

test('ASCII', () => {
  expect([isAscii(Buffer.from('a~\0')), isAscii(Buffer.of(0x80))]).toEqual([true, false]);
});
