import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import { text } from '../../../../../support/chains/der.js';
import {
  keys,
  root,
  leaf,
  judged,
  also,
  authority,
  under,
  named,
  everyOne,
  others,
  type Row,
} from '../../../../../support/chains/judged.js';

/** Who is asked first. */
const ROWS: readonly Row[] = [
  [
    'key identifiers that do not fit',
    () =>
      under(authority(make.subjectKeyId(Buffer.of(1))), also(make.authorityKeyId(Buffer.of(2)))),
    'ok',
  ],
  [
    '99 namesakes before the right one',
    () => ({ chain: [leaf()], trusted: [...others(99), root()] }),
    'ok',
  ],
  [
    '120 namesakes, and the right one by its key identifier',
    () => ({
      chain: [also(make.authorityKeyId(keys.root.id))],
      trusted: [...others(120, keys.root.id), authority(make.subjectKeyId(keys.root.id))],
    }),
    'ok',
  ],
];

test.each(named('pool', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});

test('what cannot be read in the trusted file is passed over', () => {
  const broken = root({ extensions: [make.extension('2.5.29.19', text(12, 'x'))] });
  expect(judged({ chain: [leaf()], trusted: [broken, root()] })).toEqual(['ok', 'ok', 'ok']);
});
