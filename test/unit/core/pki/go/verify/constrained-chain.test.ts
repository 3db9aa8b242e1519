import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  names,
  middle,
  deepLeaf,
  judged,
  permitted,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** Names between the leaf and whoever constrains them. */
const ROWS: readonly Row[] = [
  [
    'the names of an intermediate',
    () => ({
      chain: [
        deepLeaf(),
        middle({ extensions: [make.basicConstraints(true), names(make.dns('other.org'))] }),
      ],
      trusted: [permitted(make.dns('test'))],
    }),
    ['ok', 'outside-constraints', 'outside-constraints'],
  ],
];

test.each(named('constraint', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
