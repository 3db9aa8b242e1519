import { expect, test } from '@jest/globals';
import { pemPieces } from '../../../../../src/core/pki/given/pem-pieces.js';

const read = (text: string) =>
  pemPieces(text).map(({ label, lines, der, fault }) => [
    label,
    lines,
    der?.toString('latin1') ?? fault,
  ]);
/** RFC 7468 section 2: what is between the lines is base64 of the DER. */
const block = (body: string, label = 'CERTIFICATE') =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;

test('each block has its label, its lines and its bytes', () => {
  expect(read(`# hello\n${block('aGVs\nbG8=')}${block('eA==', 'private key')}`)).toEqual([
    ['CERTIFICATE', [2, 5], 'hello'],
    ['PRIVATE KEY', [6, 8], 'x'],
  ]);
  expect(read('none')).toEqual([]);
});

test.each([
  ['quoted', '> aGVs\n> bG8='],
  ['with a header', 'Proc-Type: 4,CLEAR\n\naGVsbG8='],
  ['on one line with blanks', 'aGVs bG8='],
  ['without padding', 'aGVsbG8'],
])('a body %s', (_, body) => {
  expect(read(block(body))).toMatchObject([['CERTIFICATE', expect.anything(), 'hello']]);
});

test.each([
  ['no base64', block('aG!s'), [1, 3], '"!" stands in it, which is no base64'],
  ['padding inside', block('aG=sbG8='), [1, 3], '"=" stands in it, which is no base64'],
  ['nothing', block(''), [1, 3], 'nothing stands between its lines of dashes'],
  ['no end', '-----BEGIN CERTIFICATE-----\neA==\n', [1, 3], 'its line END CERTIFICATE is missing'],
  ['no begin', 'eA==\n-----END CERTIFICATE-----', [1, 2], 'its line BEGIN CERTIFICATE is missing'],
])('%s', (_, text, lines, fault) => {
  expect(read(text)).toEqual([['CERTIFICATE', lines, fault]]);
});

test('a block without its end does not swallow the next', () => {
  expect(read(`-----BEGIN CERTIFICATE-----\neA==\n${block('eQ==')}`)).toEqual([
    ['CERTIFICATE', [1, 3], 'its line END CERTIFICATE is missing'],
    ['CERTIFICATE', [3, 5], 'y'],
  ]);
});
