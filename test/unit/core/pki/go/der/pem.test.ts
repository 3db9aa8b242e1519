import { expect, test } from '@jest/globals';
import { goPemBlocks as blocksOf } from '../../../../../../src/core/pki/go/der/pem.js';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';

const block = (label: string, body = 'AQID\n') =>
  `-----BEGIN ${label}-----\n${body}-----END ${label}-----\n`;
const GOOD = block('CERTIFICATE');

// Go, encoding/pem/pem.go, Decode.
test.each<[string, string, string[]]>([
  ['a block', GOOD, ['CERTIFICATE']],
  ['text around it', `before\n${GOOD}after`, ['CERTIFICATE']],
  [
    'two, and a key between',
    GOOD + block('PRIVATE KEY') + GOOD,
    ['CERTIFICATE', 'PRIVATE KEY', 'CERTIFICATE'],
  ],
  ['CR LF', GOOD.replaceAll('\n', '\r\n'), ['CERTIFICATE']],
  ['no final newline', GOOD.trimEnd(), ['CERTIFICATE']],
  ['blanks at the ends of lines', GOOD.replaceAll('\n', ' \t\n'), ['CERTIFICATE']],
  ['an empty body', block('CERTIFICATE', ''), ['CERTIFICATE']],
  ['a byte order mark', `\xef\xbb\xbf${GOOD}`, []],
  ['a byte order mark before the first of two', `\xef\xbb\xbf${GOOD}${GOOD}`, ['CERTIFICATE']],
  ['BEGIN within a line', `subject: ${GOOD}`, []],
  ['END indented', GOOD.replace('-----END', ' -----END'), []],
  ['CR alone', GOOD.replaceAll('\n', '\r'), []],
  ['another label at the end', GOOD.replace('END CERT', 'END X509 CERT'), []],
  ['bad base64', block('CERTIFICATE', 'AQI\n'), []],
  ['text between', block('CERTIFICATE', 'AQID\n# mine\n'), []],
  ['no end, then a block', `-----BEGIN CERTIFICATE-----\nAQID\n${GOOD}`, ['CERTIFICATE']],
  ['more behind END', GOOD.replace('E-----\n', 'E----- \n').replace(/-----\n$/, '----- x\n'), []],
])('%s', (_, text, labels) => {
  for (const generation of GENERATIONS)
    expect(blocksOf(text, rulesOf(generation)).map(({ label }) => label)).toEqual(labels);
});

test('headers are told', () => {
  const text = block(
    'RSA PRIVATE KEY',
    'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAQID\n',
  );
  expect(blocksOf(text, rulesOf('1.27'))).toMatchObject([
    { label: 'RSA PRIVATE KEY', hasHeaders: true, der: Buffer.from([1, 2, 3]) },
  ]);
});

test.each(GENERATIONS)('a file of beginnings is read in no time: Go %s', (generation) => {
  const text = `${'-----BEGIN CERTIFICATE-----\n'.repeat(100_000)}${GOOD}`;
  expect(blocksOf(text, rulesOf(generation))).toHaveLength(1);
});

test.each(GENERATIONS)('a file of ends is read in no time: Go %s', (generation) => {
  const text = `${GOOD}${'-----END CERTIFICATE-----\n'.repeat(100_000)}`;
  expect(blocksOf(text, rulesOf(generation))).toHaveLength(1);
});
