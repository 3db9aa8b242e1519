import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  names,
  middle,
  deepLeaf,
  judged,
  dns,
  authority,
  under,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

const P = '1.2.3.4';

/** RFC 5280, section 6.1, as Go since 1.24 has it. */
const ROWS: readonly Row[] = [
  [
    'one that is asked for and named',
    () => ({
      chain: [
        deepLeaf({ extensions: [names(dns), make.policies([P])] }),
        middle({
          extensions: [
            make.basicConstraints(true),
            make.policies([P]),
            make.policyConstraints(0, null),
          ],
        }),
      ],
    }),
    'ok',
  ],
  [
    'one that is asked for and not named',
    () => ({
      chain: [
        deepLeaf(),
        middle({
          extensions: [
            make.basicConstraints(true),
            make.policies([P]),
            make.policyConstraints(0, null),
          ],
        }),
      ],
    }),
    ['ok', 'policy-required', 'policy-required'],
  ],
  [
    'one that the leaf asks for, with none above',
    () => ({
      chain: [
        deepLeaf({ extensions: [names(dns), make.policies([P]), make.policyConstraints(0, null)] }),
        middle(),
      ],
    }),
    ['ok', 'policy-required', 'policy-required'],
  ],
  [
    'constraints that are critical',
    () => ({
      chain: [
        deepLeaf({ extensions: [names(dns), make.policies([P])] }),
        middle({
          extensions: [
            make.basicConstraints(true),
            make.policies([P]),
            make.policyConstraints(0, null, true),
          ],
        }),
      ],
    }),
    ['critical-extension', 'ok', 'ok'],
  ],
  [
    'a mapping to any policy',
    () => ({
      chain: [
        deepLeaf({ extensions: [names(dns), make.policies([P])] }),
        middle({
          extensions: [
            make.basicConstraints(true),
            make.policies([P]),
            make.policyMappings([[P, '2.5.29.32.0']]),
          ],
        }),
      ],
    }),
    ['ok', 'policy-required', 'policy-required'],
  ],
  [
    'a root that asks for one, which does not count',
    () => under(authority(make.policyConstraints(0, null))),
    'ok',
  ],
];

test.each(named('policy', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
