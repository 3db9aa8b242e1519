import { expect, test } from '@jest/globals';
import * as make from '../../../../support/chains/certificate.js';
import { cn } from '../../../../support/chains/der.js';
import {
  HOST,
  ROOT,
  authority,
  deepLeaf,
  dns,
  everyOne,
  excluded,
  judged,
  leaf,
  middle,
  names,
  only,
  permitted,
  type Row,
  under,
  withNames,
  named,
} from './judged.js';

const NAMES: readonly Row[] = [
  ['another name', () => ({ chain: [only(make.dns('other.test'))] }), 'name-mismatch'],
  ['letters in another case', () => ({ chain: [only(make.dns('REGISTRY.Test'))] }), 'ok'],
  ['a wildcard directly below the top', () => ({ chain: [only(make.dns('*.test'))] }), 'ok'],
  [
    'a wildcard for two labels',
    () => ({ chain: [only(make.dns('*.test'))], host: 'a.b.test' }),
    'name-mismatch',
  ],
  ['a wildcard within a label', () => ({ chain: [only(make.dns('reg*.test'))] }), 'name-mismatch'],
  [
    'a wildcard that is all',
    () => ({ chain: [only(make.dns('*'))], host: 'registry' }),
    ['ok', 'name-mismatch', 'name-mismatch'],
  ],
  ['a dot at the end', () => ({ chain: [only(make.dns('registry.test.'))] }), 'name-mismatch'],
  [
    'an underscore',
    () => ({ chain: [only(make.dns('my_registry.test'))], host: 'my_registry.test' }),
    'ok',
  ],
  ['an address', () => ({ chain: [only(make.ip(10, 99, 0, 1))], host: '10.99.0.1' }), 'ok'],
  [
    'an address as IPv6',
    () => ({ chain: [only(make.ip(...Array<number>(15).fill(0), 1))], host: '::1' }),
    'ok',
  ],
  [
    'an address among DNS names',
    () => ({ chain: [only(make.dns('10.99.0.1'))], host: '10.99.0.1' }),
    'address-as-domain',
  ],
  [
    'no alternative names',
    () => ({ chain: [leaf({ subject: cn(HOST), extensions: [make.basicConstraints(false)] })] }),
    'only-common-name',
  ],
  [
    'names in version 2, whose extensions are not read',
    () => ({ chain: [leaf({ version: 1 })] }),
    'only-common-name',
  ],
];

const CONSTRAINTS: readonly Row[] = [
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
    'addresses where only domains are permitted',
    () => under(permitted(make.dns('test')), withNames(make.ip(10, 0, 0, 1))),
    'ok',
  ],
  [
    'an excluded range',
    () => under(excluded(make.ip(10, 0, 0, 0, 255, 0, 0, 0)), withNames(make.ip(10, 0, 0, 1))),
    'outside-constraints',
  ],
  [
    'a range with host bits',
    () => under(permitted(make.ip(10, 9, 9, 9, 255, 0, 0, 0)), withNames(make.ip(10, 0, 0, 1))),
    'ok',
  ],
  [
    'a mail address outside',
    () => under(permitted(make.email('other.org')), withNames(make.email('a@test'))),
    'outside-constraints',
  ],
  [
    'one mailbox',
    () => under(permitted(make.email('a@TEST')), withNames(make.email('a@test'))),
    'ok',
  ],
  [
    'a mail address that is none, under domains',
    () => under(permitted(make.dns('test')), withNames(make.email('a'))),
    'constraint-not-applicable',
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
  [
    'a URI without a host, under domains',
    () => under(permitted(make.dns('test')), withNames(make.uri('urn:uuid:1'))),
    ['ok', 'ok', 'constraint-not-applicable'],
  ],
  [
    'a URI with an address, under URIs',
    () => under(permitted(make.uri('test')), withNames(make.uri('http://10.0.0.1/'))),
    'constraint-not-applicable',
  ],
  [
    'a URI below its domain',
    () => under(permitted(make.uri('test')), withNames(make.uri('https://registry.test:8443/x'))),
    'ok',
  ],
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

const P = '1.2.3.4';
const POLICIES: readonly Row[] = [
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

test.each([
  ...named('name', NAMES),
  ...named('constraint', CONSTRAINTS),
  ...named('policy', POLICIES),
])('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
