import { expect, test } from '@jest/globals';
import { cn } from '../../../../../support/chains/der.js';
import {
  keys,
  leaf,
  judged,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** The chain as a whole. */
const ROWS: readonly Row[] = [
  ['no certificate', () => ({ chain: [] }), 'no-certificate'],
  [
    'pinned itself, whatever it is',
    () => {
      const self = leaf({ issuer: cn('leaf'), signer: keys.leaf });
      return { chain: [self], trusted: [self] };
    },
    'ok',
  ],
  ['a chain above 256 KiB', () => ({ chain: [leaf(), Buffer.alloc(270_000)] }), 'chain-too-large'],
  [
    'a chain above 64 KiB',
    () => ({ chain: [leaf(), Buffer.alloc(70_000)] }),
    ['chain-too-large', 'not-der', 'not-der'],
  ],
];

test.each(named('chain', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
