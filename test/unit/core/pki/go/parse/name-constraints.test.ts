import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';

import { also, everyOne, judged, type Expected } from '../../../../../support/chains/judged.js';

const constrained = (...bases: readonly Buffer[]): Buffer => also(make.nameConstraints(bases));

/** The certificate alone, trusted as it is: only whether it can be read counts. */
type Row = readonly [rule: string, certificate: () => Buffer, expected: Expected];

const CONSTRAINTS: readonly Row[] = [
  ['constraints of nothing', () => constrained(), 'constraints-empty'],
  [
    'a range without a mask',
    () => constrained(make.ip(10, 0, 0, 0)),
    'constraints-address-invalid',
  ],
  [
    'a mask with a gap',
    () => constrained(make.ip(10, 0, 0, 0, 255, 0, 255, 0)),
    'constraints-address-invalid',
  ],
  ['a domain base with a blank', () => constrained(make.dns('x y')), 'constraints-name-invalid'],
  [
    'a URI base that is an address',
    () => constrained(make.uri('10.0.0.1')),
    'constraints-name-invalid',
  ],
  [
    'a mail base that is no mailbox',
    () => constrained(make.email('a@@b')),
    ['ok', 'ok', 'constraints-name-invalid'],
  ],
];

test.each(CONSTRAINTS)('%s', (_, make, expected) => {
  const certificate = make();
  expect(judged({ chain: [certificate], trusted: [certificate] })).toEqual(everyOne(expected));
});
