import { expect, test } from '@jest/globals';
import { cn } from '../../../../../support/chains/der.js';
import {
  keys,
  MIDDLE,
  root,
  middle,
  leaf,
  deepLeaf,
  judged,
  under,
  named,
  everyOne,
  others,
  type Row,
} from '../../../../../support/chains/judged.js';

/** Why no chain was found. */
const ROWS: readonly Row[] = [
  ['an intermediate that is missing', () => ({ chain: [deepLeaf()] }), 'unknown-authority'],
  ['nothing trusted', () => ({ chain: [leaf()], trusted: [] }), 'unknown-authority'],
  [
    'self-signed',
    () => ({ chain: [leaf({ issuer: cn('leaf'), signer: keys.leaf })] }),
    'self-signed',
  ],
  [
    'an authority of the same name and another key',
    () => ({ chain: [leaf()], trusted: others(1) }),
    'authority-changed',
  ],
  [
    'a wrong signature of what was sent',
    () => ({ chain: [deepLeaf({ signer: keys.leaf }), middle()] }),
    'signature-invalid',
  ],
  [
    'the name of the authority in another type of string',
    () => under(root({ subject: cn('Root', 19), issuer: cn('Root', 19) })),
    'issuer-name-differs',
  ],
];

test.each(named('search', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});

test('the name of a middle counts as its bytes', () => {
  const chain = [deepLeaf({ issuer: cn('Middle', 19) }), middle({ subject: MIDDLE })];
  expect(judged({ chain })).toEqual(Array(3).fill('issuer-name-differs'));
});
