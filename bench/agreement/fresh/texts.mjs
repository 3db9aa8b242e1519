// Texts of the kinds that daemon.json holds, right and just wrong.
import fc from 'fast-check';
import { pick } from './arbitraries.mjs';

const { constantFrom, integer, oneof, tuple } = fc;

const glue = (...parts) => tuple(...parts.map(asText)).map((found) => found.join(''));
const asText = (part) => (typeof part === 'string' ? fc.constant(part) : part);
const often = (common, rare) =>
  oneof({ weight: 4, arbitrary: common }, { weight: 1, arbitrary: rare });

export const port = often(
  pick('80|443|5000|8443|32000'),
  pick('|0|00|65535|65536|-1|+5000|http|5000 |5e3|５０００'),
);

export const hostname = often(
  pick('reg|registry.corp.example|localhost|10.1.2.3|a-b.c-d|R.Example.COM|x1'),
  constantFrom(
    'my_reg',
    '*.corp',
    'reg.',
    '.reg',
    'a..b',
    '-a',
    'a-',
    'bücher.example',
    'xn--bcher-kva.example',
    '::1',
    '[::1]',
    '[fe80::1%eth0]',
    'fe80::1%eth0',
    '[]',
    '',
    ' reg',
    'reg ',
    're g',
    '1.2.3',
    '256.1.1.1',
    '010.1.1.1',
    '0x7f.1',
    'reg\u00a0',
    'reg,b',
    '${REG}',
    '<reg>',
    '[10.0.0.1]',
  ),
);

const scheme = often(
  constantFrom('https://', 'http://'),
  pick(
    'HTTPS://|Http://|ftp://|https:/|https:|//|://| https://|https:// |docker://|h2c://',
    'https://https://',
  ),
);

const path = often(
  constantFrom('', '/'),
  pick('/v2/|/docker-hub|//|/a b|/%zz|/%41|/?x=1|?x|#f|/#|?|/a/../b|/ü'),
);

const user = often(fc.constant(''), pick('u:p@|u@|@|:p@|u p@'));

export const registry = oneof(
  glue(hostname, oneof(fc.constant(''), glue(':', port))),
  glue(hostname, ':', port),
  glue(scheme, hostname, oneof(fc.constant(''), glue(':', port)), path),
  glue(hostname, path),
);

export const mirror = oneof(
  {
    weight: 4,
    arbitrary: glue(scheme, user, hostname, oneof(fc.constant(''), glue(':', port)), path),
  },
  { weight: 1, arbitrary: glue(hostname, path) },
);

export const address = often(
  pick('10.1.2.3|8.8.8.8|192.168.7.1|fd00::53|::1|2001:db8::1|172.17.0.1|127.0.0.1|0.0.0.0', '::'),
  constantFrom(
    '',
    ' ',
    '10.1.2',
    '10.1.2.256',
    '010.1.2.3',
    '10.1.2.3 ',
    ' 10.1.2.3',
    '10.1.2.3/24',
    'dns.corp',
    '::ffff:10.1.2.3',
    '::ffff:a01:203',
    'fe80::1%eth0',
    'fe80::1%',
    '[::1]',
    '10.1.2.3:53',
    '1:2:3:4:5:6:7:8:9',
    ':::',
    '10.1.2.3\n',
    'FD00::A',
    '0:0:0:0:0:0:0:1',
    '1::2::3',
    '١.1.1.1',
  ),
);

const prefix = often(
  pick('8|16|24|28|30'),
  pick('0|1|31|32|33|64|128|129|-1|08|| 24|24 |255.255.255.0|+8|3.5'),
);

export const block = oneof(
  {
    weight: 5,
    arbitrary: glue(
      pick('10.5.0.1|192.168.9.5|172.30.0.0|10.5.255.255|172.17.0.9|10.5.0.254'),
      '/',
      prefix,
    ),
  },
  {
    weight: 2,
    arbitrary: glue(
      pick('fd00:5::|fd00:5::1|2001:db8::1|fe80::|fe80::1|::|::ffff:10.5.0.1'),
      '/',
      pick('64|80|48|8|0|126|127|128|129|10'),
    ),
  },
  { weight: 2, arbitrary: glue(address, '/', prefix) },
  { weight: 1, arbitrary: address },
);

export const size = oneof(
  {
    weight: 4,
    arbitrary: glue(
      pick('1|10|512|0|1.5|0.5|100'),
      constantFrom('', ' '),
      pick('|k|m|g|K|M|G|mb|MB|GB|GiB|MiB|b|B|t|TB|p'),
    ),
  },
  {
    weight: 2,
    arbitrary: pick(
      '| |-1|-1m|+5m|.5g|5.g|1e3|1e3m|0x10|1_000|1 000|10 m b|10mbb|10kib|10ib|10i|m|10x',
      '10eb|10e|10%|10  m| 10m|10m |１０m|unlimited|inf|nan|NaN|Infinity',
      '99999999999999999999g|1,5g|10Mb/s|0b|5Gi',
    ),
  },
);

export const duration = pick(
  '1s|48h|1h30m|500ms|0|1.5h|-1s|+2m|1d|7d|5||1 h|h|1H|1us|1µs|.5s|1.s|168h0m',
);

export const truth = pick('true|false|True|TRUE|yes|on|1|0|t|F|| true|tRue|2|no');

export const number = oneof(
  integer({ min: 0, max: 70000 }).map(String),
  pick('-1|0|1.5||3 |+3|1e1|three|0x3|03|99999999999'),
);

export const file = pick(
  '/etc/passwd|/nonexistent/file|/etc|/usr/bin/crun|/usr/sbin/docker-proxy',
  'relative/file|./x|| |~/x|/run/containerd/containerd.sock|/dev/null|file name',
  '/etc/passwd/x',
);

export const word = oneof(
  constantFrom(
    '',
    ' ',
    'x',
    'corp',
    'äöü',
    'a b',
    'a\tb',
    'a\nb',
    '日本',
    '🐳',
    '-',
    '--',
    '=',
    'null',
    'true',
    '0',
    '%s',
    '../x',
    '/',
    'A',
    '\u0000',
    '\u200b',
  ),
  fc.string({ maxLength: 8 }),
);

export const pair = oneof(
  { weight: 3, arbitrary: glue(pick('a|env|com.example.x|zone'), '=', word) },
  {
    weight: 1,
    arbitrary: pick(
      'a|=|=x|a=|a==|com.docker.x=1|Com.Docker.x=1|io.docker.y=2|org.dockerproject.z=',
      'com.docker=1| a=1|a =1|a: 1|com.dockerx.y=1|org.dockerproject.=a',
    ),
  },
);
