import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import { day, NULL } from '../../../../../support/chains/der.js';
import {
  ROOT,
  root,
  leaf,
  judged,
  also,
  under,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** What each certificate of a chain is asked for itself. */
const ROWS: readonly Row[] = [
  ['expired', () => ({ chain: [leaf({ until: day(-1) })] }), 'expired'],
  ['of the future', () => ({ chain: [leaf({ from: day(1) })] }), 'not-yet-valid'],
  [
    'a critical extension that nobody knows',
    () => ({ chain: [also(make.extension('1.2.3.4', NULL, true))] }),
    'critical-extension',
  ],
  [
    'an extension that nobody knows',
    () => ({ chain: [also(make.extension('1.2.3.4', NULL))] }),
    'ok',
  ],
  [
    'critical names of no kind that is read',
    () => ({
      chain: [leaf({ extensions: [make.alternativeNames([make.directoryName(ROOT)], true)] })],
    }),
    'critical-extension',
  ],
  ['expired', () => under(root({ until: day(-1) })), 'expired'],
  ['of the future', () => under(root({ from: day(1) })), 'not-yet-valid'],
];

test.each(named('validity', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
