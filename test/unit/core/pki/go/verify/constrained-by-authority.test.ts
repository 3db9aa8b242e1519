import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  ROOT,
  names,
  judged,
  authority,
  under,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** What an authority constrains, and whether it is itself. */
const ROWS: readonly Row[] = [
  [
    'directory names, critical',
    () => under(authority(make.nameConstraints([make.directoryName(ROOT)]))),
    'critical-extension',
  ],
  [
    'directory names, not critical',
    () => under(authority(make.nameConstraints([make.directoryName(ROOT)], [], false))),
    'ok',
  ],
  [
    'the names of the authority itself',
    () => under(authority(make.nameConstraints([make.dns('test')]), names(make.dns('other.org')))),
    ['outside-constraints', 'ok', 'ok'],
  ],
];

test.each(named('constraint', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
