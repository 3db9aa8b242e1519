import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  judged,
  dns,
  withNames,
  only,
  under,
  permitted,
  excluded,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** Domains. */
const ROWS: readonly Row[] = [
  ['a permitted domain', () => under(permitted(make.dns('test'))), 'ok'],
  ['below a dot', () => under(permitted(make.dns('.test'))), 'ok'],
  [
    'below a dot, the domain itself',
    () => under(permitted(make.dns('.registry.test'))),
    'outside-constraints',
  ],
  ['another domain', () => under(permitted(make.dns('other.org'))), 'outside-constraints'],
  ['an excluded domain', () => under(excluded(make.dns('registry.test'))), 'outside-constraints'],
  ['the empty base, which is all', () => under(excluded(make.dns(''))), 'outside-constraints'],
  ['letters in another case', () => under(permitted(make.dns('TEST'))), 'ok'],
  [
    'a wildcard that the base would not name',
    () => under(permitted(make.dns('registry.test')), only(dns, make.dns('*.test'))),
    'outside-constraints',
  ],
  [
    'an excluded name that a wildcard would match',
    () => under(excluded(make.dns('x.test')), only(dns, make.dns('*.test'))),
    ['ok', 'ok', 'outside-constraints'],
  ],
  [
    'a dot at the end of a name, under any',
    () => under(permitted(make.dns('test')), withNames(make.dns('registry.test.'))),
    'constraint-not-applicable',
  ],
  [
    'a dot before a name',
    () => under(permitted(make.dns('test')), withNames(make.dns('.registry.test'))),
    ['ok', 'constraint-not-applicable', 'constraint-not-applicable'],
  ],
];

test.each(named('constraint', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
