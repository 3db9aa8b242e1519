import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  judged,
  also,
  authority,
  under,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** Extended key usages, of the leaf and above. */
const ROWS: readonly Row[] = [
  [
    'for clients',
    () => ({ chain: [also(make.extendedKeyUsage(make.CLIENT_AUTH))] }),
    'not-for-servers',
  ],
  ['for any use', () => ({ chain: [also(make.extendedKeyUsage(make.ANY_USAGE))] }), 'ok'],
  ['a list of uses without one', () => ({ chain: [also(make.extendedKeyUsage())] }), 'ok'],
  [
    'an authority for clients',
    () => under(authority(make.extendedKeyUsage(make.CLIENT_AUTH))),
    'authority-not-for-servers',
  ],
  [
    'the server gated uses of old',
    () => ({ chain: [also(make.extendedKeyUsage('1.3.6.1.4.1.311.10.3.3'))] }),
    'not-for-servers',
  ],
];

test.each(named('use', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
