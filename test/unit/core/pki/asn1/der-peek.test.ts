import { expect, test } from '@jest/globals';
import { peekContent, peekItems } from '../../../../../src/core/pki/asn1/der-peek.js';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const shown = (items: readonly Uint8Array[]) =>
  items.map((item) => Buffer.from(item).toString('hex'));

/** X.690 8.1.3: lengths of one byte, and of a count of bytes. */
test.each([
  ['30 06 020101 020102', ['020101', '020102']],
  ['30 00', []],
  ['30 81 03 020101', ['020101']],
  ['30 82 0003 020101', ['020101']],
  ['30 03 020101 ffff', ['020101']],
])('%s holds %j', (der, items) => {
  expect(shown(peekItems(hex(der)))).toEqual(items);
});

test('a value of 300 bytes', () => {
  const der = Buffer.concat([hex('04 82 012c'), Buffer.alloc(300, 7)]);
  expect(peekContent(der)).toHaveLength(300);
  expect(peekContent(der)[299]).toBe(7);
});

/** It ends, whatever the bytes are. */
test.each([
  '',
  '30',
  '30 80',
  '30 84 ffffffff 02',
  '30 05 02',
  '30 7f 020101',
  '30 02 0500',
  '30 ff',
])('cut off or foreign: %j', (der) => {
  const bytes = hex(der);
  for (const item of peekItems(bytes)) expect(item.length).toBeLessThanOrEqual(bytes.length);
});
