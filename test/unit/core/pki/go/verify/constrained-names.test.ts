import { expect, test } from '@jest/globals';
import * as make from '../../../../../support/chains/certificate.js';
import {
  judged,
  withNames,
  under,
  permitted,
  excluded,
  named,
  everyOne,
  type Row,
} from '../../../../../support/chains/judged.js';

/** Addresses, mailboxes and URIs. */
const ROWS: readonly Row[] = [
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
];

test.each(named('constraint', ROWS))('%s', (_, server, expected) => {
  expect(judged(server())).toEqual(everyOne(expected));
});
