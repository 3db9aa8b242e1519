import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import { day } from '../../../../../support/chains/der.js';
import {
  keys,
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

/** Paths from the leaf to an anchor. */
const ROWS: readonly Row[] = [
  ['a root and a leaf', () => ({ chain: [leaf()] }), 'ok'],
  ['an intermediate that is sent', () => ({ chain: [deepLeaf(), middle()] }), 'ok'],
  ['an intermediate as the anchor', () => ({ chain: [deepLeaf()], trusted: [middle()] }), 'ok'],
  [
    'strangers and repeats in between',
    () => ({ chain: [deepLeaf(), root(), middle(), middle(), leaf()] }),
    'ok',
  ],
  [
    'an expired namesake beside the right one',
    () => ({ chain: [deepLeaf(), middle({ until: day(-1) }), middle()] }),
    'ok',
  ],
  [
    '100 namesakes before the right one',
    () => ({ chain: [leaf()], trusted: [...others(100), root()] }),
    'too-many-candidates',
  ],
  [
    '40 authorities of one name and key',
    () => ({
      chain: [leaf({ signer: keys.leaf }), ...Array.from({ length: 40 }, () => root())],
      trusted: [],
    }),
    'signature-invalid',
  ],
  [
    '40 of one name and key, and nobody trusted',
    () => ({
      chain: [leaf(), ...Array.from({ length: 40 }, () => root())],
      trusted: [],
    }),
    ['unknown-authority', 'unknown-authority', 'too-many-candidates'],
  ],
  [
    'path length 0 above an intermediate',
    () => ({
      chain: [deepLeaf(), middle()],
      trusted: [root({ extensions: [make.basicConstraints(true, 0)] })],
    }),
    'path-length',
  ],
  [
    'path length 0 above the leaf',
    () => under(root({ extensions: [make.basicConstraints(true, 0)] })),
    'ok',
  ],
  [
    'a negative path length',
    () => under(root({ extensions: [make.basicConstraints(true, -1)] })),
    ['ok', 'ok', 'unknown-authority'],
  ],
];

test.each(named('path', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
