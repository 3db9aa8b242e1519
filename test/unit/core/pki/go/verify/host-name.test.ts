import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import { cn } from '../../../../../support/chains/der.js';
import {
  HOST,
  leaf,
  judged,
  only,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** The name that is asked for (crypto/x509, VerifyHostname). */
const ROWS: readonly Row[] = [
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

test.each(named('name', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
