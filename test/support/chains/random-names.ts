import { directoryName, dns, email, ip, otherName, registeredId, uri } from './certificate.js';
import { attribute, cn, seq, text } from './der.js';
import type { Random } from './random.js';

export const SUBJECTS = [
  cn('A'),
  cn('B'),
  cn('C'),
  cn('A', 19),
  seq(attribute('2.5.4.10', text(12, 'O')), attribute('2.5.4.3', text(12, 'D'))),
];

export const HOSTS = ['registry.test', '10.99.0.1', 'a.sub.test', 'my_registry.test', 'registry'];
/** More forms than docker itself would send. */
export const ODD_HOSTS = [
  ...HOSTS,
  ...[
    'REGISTRY.test',
    'registry.test.',
    '::1',
    '[::1]',
    'fe80::1%eth0',
    '010.99.0.1',
    '10.99.0.1.',
  ],
  ...['*.test', 'a_b', '-a.test', 'a..b', '::ffff:10.99.0.1', '1.2.3', 'x'],
];

export const DNS_NAMES = [
  ...['registry.test', '*.test', 'a.sub.test', '*.sub.test', 'registry.test.', '.registry.test'],
  ...['Registry.TEST', '*', 're*.test', 'registry', 'x y', '..test', 'test', 'a..b', ''],
  ...['my_registry.test', '-a.test', '*.*.test', 'registry.test:5000', 'xn--a.test'],
  ...['www.registry.test', 'a-a.test', 'a.a.test', 'other.org', 'a@b'],
];
const BASES = [
  ...['test', '.test', 'registry.test', '.registry.test', 'TEST', '', 'sub.test', 'other.org'],
  ...['*.test', 'a-a.test', 'a.test', 'org', '.', '..test', 'test.', 'x y', 'registry'],
  ...['.registry', 'a.a.test'],
];
const MAILBOXES = [
  ...['a@test', 'a@registry.test', '"a b"@test', 'a', 'a@@b', '.a@test', 'a..b@test', 'A@TEST'],
  ...['a\\@b@test', 'a@', '@test', 'a@x y', 'a@b@c', 'é@t', '"a@b"@test'],
];
const URIS = [
  ...['https://registry.test/x', 'urn:uuid:1', 'spiffe://test/ns', 'http://10.0.0.1/'],
  ...['http://[::1]/', 'http://[::1]:80/', 'http://registry.test:8080/', '/x', 'mailto:a@b'],
  ...[
    'http://a b/',
    'http://x_y.test',
    'https://[fe80::1%25en0]/',
    'http://a%20b/',
    'http://a/%zz',
  ],
  ...['http://[1.2.3.4]/', 'http://a:b/', 'http://u:p@registry.test/', 'http://1k[@x/'],
  ...['http://x[y]/', 'http://a:1:2/', 'ldap:///CN=x', '*', '', 'http://.test/', 'http://test./'],
  ...['//registry.test/', '///registry.test/', 'http://REGISTRY.test', 'http://a:/'],
  ...[
    'http://[registry]/',
    'http://[::ffff:1.2.3.4]/',
    '#%zz',
    'http://x/#%zz',
    'a:b',
    '1:b',
    ':x',
  ],
  ...['http://a%41.test', 'http://a%c3%a9.test', 'http://u%zz@x/', 'http://a/b?%zz', 'x?y:z/'],
];

const zeros = (count: number): number[] => Array<number>(count).fill(0);
const ones = (count: number): number[] => Array<number>(count).fill(255);
const ADDRESSES = [
  [10, 99, 0, 1],
  [10, 0, 0, 1],
  [192, 168, 1, 1],
  [...zeros(10), 255, 255, 10, 99, 0, 1],
  [0x20, 1, 13, 184, ...zeros(11), 1],
  [...zeros(15), 1],
  [1, 2, 3],
];
const RANGES = [
  [10, 0, 0, 0, 255, 0, 0, 0],
  [10, 99, 0, 0, 255, 255, 0, 0],
  [10, 99, 0, 7, 255, 255, 0, 0],
  zeros(8),
  [192, 168, 0, 0, 255, 255, 0, 0],
  [10, 0, 0, 0, 255, 0, 255, 0],
  zeros(32),
  [0x20, 1, 13, 184, ...zeros(12), ...ones(4), ...zeros(12)],
  [...zeros(10), 255, 255, 10, ...zeros(3), ...ones(13), ...zeros(3)],
  [10, 99, 0, 1],
];

/** Any name; most are the host's. */
export const anyName = (random: Random): Buffer =>
  random.call(
    () => dns(random.pick(DNS_NAMES)),
    () => dns('registry.test'),
    () => dns('registry.test'),
    () => ip(...random.pick(ADDRESSES)),
    () => uri(random.pick(URIS)),
    () => email(random.pick(MAILBOXES)),
    () => directoryName(random.pick(SUBJECTS)),
    () => otherName('1.3.6.1.4.1.311.20.2.3', text(12, 'u@t')),
    () => registeredId('1.2.3'),
  );

export const anyBase = (random: Random): Buffer =>
  random.call(
    () => dns(random.pick(BASES)),
    () => dns('test'),
    () => ip(...random.pick(RANGES)),
    () => uri(random.pick([...BASES, '10.0.0.1'])),
    () => email(random.pick([...BASES, ...MAILBOXES])),
    () => (random.chance(0.2) ? directoryName(random.pick(SUBJECTS)) : dns('test')),
  );
