import { describe, expect, test } from '@jest/globals';
import {
  flagValue,
  readBooleanFlag,
  readFeatureFlag,
  readIntegerFlag,
  readNetworkOptionFlag,
  readNriFlag,
  readPairFlag,
  readPoolFlag,
  readRuntimeFlag,
  readUlimitFlag,
} from '../../../../../../src/core/dockerd/options/values/flag-value.js';
import type { Json } from '../../../../../../src/core/formats/json/json-object.js';
import type { Shape } from '../../../../../../src/core/dockerd/options/keys/key.js';
import { validateConfig } from '../../../../../../src/core/dockerd/validate/validate.js';
import { parseVersion } from '../../../../../../src/core/dockerd/options/keys/version.js';
import { PACKAGED_ARGV, referenceHost } from '../../../../../support/reference-host.js';

/** Asked of real dockerds: `dockerd --validate FLAGS`, and of 20.10 `dockerd --version FLAGS`. */
const judge = (flags: string, engine = '26.1.5', text = '{}') =>
  validateConfig({
    bytes: Buffer.from(text),
    engine: parseVersion(engine)!,
    argv: [...PACKAGED_ARGV, ...flags.split(' ').filter(Boolean)],
    host: { ...referenceHost(engine), users: ['root'], groups: ['root'] },
    sourceOf: () => '/etc/default/docker',
  });

const ENGINES = ['20.10.24', '26.1.5', '28.5.2'];

describe.each(ENGINES)('flags of dockerd %s', (engine) => {
  test.each([
    ['--debug=maybe', 'dockerd refuses --debug "maybe": it takes true or false'],
    ['--experimental=2', 'dockerd refuses --experimental "2": it takes true or false'],
    ['--help=no', 'dockerd refuses --help "no": it takes true or false'],
    ['--mtu abc', 'dockerd refuses --mtu "abc": it takes a whole number'],
    ['--mtu 99999999999999999999', /it takes a whole number$/],
    ['-l foo', '-l: dockerd refuses log-level "foo"'],
    ['-H', '-H has no value, and needs one'],
    ['--data-root', '--data-root has no value, and needs one'],
    ['--insecure-registry', '--insecure-registry has no value, and needs one'],
    ['--registry-mirror foo', /^--registry-mirror: dockerd refuses the mirror "foo"/],
    ['--label a', /^--label: /],
    ['--dns foo', '--dns: dockerd refuses "foo" in dns'],
    ['--ip foo', '--ip: dockerd refuses ip "foo"'],
    ['--default-ulimit nofile=x', /it takes NAME=SOFT:HARD$/],
    ['--default-ulimit nofile=5:2', /it takes NAME=SOFT:HARD$/],
    ['--default-ulimit foo=1', /it takes NAME=SOFT:HARD$/],
    ['--userns-remap nosuch', '--userns-remap: this machine has no user or group "nosuch"'],
    ['--add-runtime foo', /it takes NAME=PROGRAM$/],
    ['--add-runtime runc=/x', /it takes a name other than runc, which is taken$/],
    ['--add-runtime a=/x --add-runtime A=/y', /it takes a name other than a, which is taken$/],
    ['--default-address-pool foo', /it takes base=BLOCK,size=NUMBER$/],
    ['--default-shm-size foo', /^--default-shm-size: /],
    ['--host ftp://x', /^--host: dockerd cannot listen on "ftp:\/\/x"/],
  ])('%s stops it', (flags, message) => {
    const { starts, findings } = judge(flags, engine);
    expect(starts).toBe(false);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'bad-flag-value', path: '/etc/default/docker' });
    expect(findings[0]?.message).toMatch(message);
    expect(findings[0]?.hint).toMatch(/, in \/etc\/default\/docker$/);
  });

  test.each([
    '',
    '--mtu 0x5dc --max-concurrent-downloads 1_0',
    '--debug --icc=F --ipv6=0 -l warn',
    '--dns 10.0.0.1 --dns-search . --dns-opt ndots:1 --label a=b --label c=',
    '--default-ulimit nofile=1024:2048 --default-ulimit core=-1',
    '--default-address-pool base=10.200.0.0/16,size=24',
    '--insecure-registry registry.test:5000 --insecure-registry http://a',
    '--registry-mirror https://mirror.test --log-opt max-size=10m --log-opt max-file=3',
    '--exec-opt native.cgroupdriver=systemd --userns-remap root --host-gateway-ip 10.0.0.1',
    '-H unix:///run/docker.sock --data-root /var/lib/docker/x --pidfile /x --restart -s overlay2',
  ])('%s lets it start, without a word', (flags) => {
    const host = { ...referenceHost(engine), hasSubordinateIds: () => true, users: ['root'] };
    const verdict = validateConfig({
      bytes: Buffer.from('{}'),
      engine: parseVersion(engine)!,
      argv: [...PACKAGED_ARGV, ...flags.split(' ').filter(Boolean)],
      host: { ...host, groups: ['root'] },
    });
    expect(verdict).toMatchObject({ starts: true, findings: [] });
  });
});

describe('a flag that takes the next for its value', () => {
  test.each([
    '--registry-mirror --insecure-registry registry.test',
    '--registry-mirror --debug',
    '--mtu --debug',
  ])('%s is one error', (flags) => {
    const { starts, findings } = judge(flags);
    expect(starts).toBe(false);
    expect(findings).toMatchObject([{ code: 'flag-swallows-flag', severity: 'error' }]);
  });

  test('that dockerd lets pass is a warning', () => {
    const { starts, findings } = judge('--pidfile --debug');
    expect(starts).toBe(true);
    expect(findings).toMatchObject([{ code: 'flag-swallows-flag', severity: 'warning' }]);
  });
});

describe('beside the file', () => {
  test('a key of both is a conflict alone', () => {
    expect(judge('--mtu -5', '26.1.5', '{"mtu": 1400}').findings).toMatchObject([
      { code: 'flag-and-file' },
    ]);
  });

  test('runtimes of the file may be the default of a flag', () => {
    const text = '{"runtimes": {"crun": {"path": "/usr/bin/runc"}}}';
    expect(judge('--default-runtime crun', '26.1.5', text).starts).toBe(true);
    expect(judge('--default-runtime crun').starts).toBe(false);
  });

  test('a password in a URL is not shown', () => {
    const { findings } = judge('--registry-mirror https://u:secret@a/b?c');
    expect(findings).toHaveLength(1);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});

/** strconv.ParseInt of base 0 and 64 bits, by Go's own table of tests (strconv/atoi_test.go). */
describe('a whole number', () => {
  test.each([
    ['0', 0],
    ['-0', 0],
    ['+1500', 1500],
    ['-5', -5],
    ['0x5dc', 1500],
    ['0X5DC', 1500],
    ['0b101', 5],
    ['0o17', 15],
    ['017', 15],
    ['0_7', 7],
    ['0x_5dc', 1500],
    ['1_000', 1000],
    ['9223372036854775807', 9223372036854775807n],
    ['-9223372036854775808', -9223372036854775808n],
  ])('%s', (text, value) => {
    expect(readIntegerFlag(text)).toEqual({ value: Number(value) });
  });

  test.each([
    ...['', ' 1', '1 ', '1.5', '1e3', '_1', '1_', '1__0', '08', '0x', '0b2', '--1', 'abc', '１'],
    ...['9223372036854775808', '-9223372036854775809', '9'.repeat(1000)],
  ])('%.30s is none', (text) => {
    expect(readIntegerFlag(text)).toEqual({ expects: 'a whole number' });
  });
});

/** strconv.ParseBool knows twelve spellings. */
test.each([
  [['1', 't', 'T', 'true', 'TRUE', 'True'], { value: true }],
  [['0', 'f', 'F', 'false', 'FALSE', 'False'], { value: false }],
  [['', 'yes', 'no', 'on', 'tRUE', ' true', 'true '], { expects: 'true or false' }],
])('%j', (texts, read) => {
  for (const text of texts) expect(readBooleanFlag(text)).toEqual(read);
});

test.each([
  ['a=b=c', ['a', 'b=c']],
  ['a', ['a', '']],
  ['=b', ['', 'b']],
  ['a=', ['a', '']],
  ['', ['', '']],
])('the pair %j', (text, pair) => {
  expect(readPairFlag(text)).toEqual(pair);
});

test.each([
  ['nofile=1024:2048', { Name: 'nofile', Soft: 1024, Hard: 2048 }],
  ['nofile=1024', { Name: 'nofile', Soft: 1024, Hard: 1024 }],
  ['core=-1:-1', { Name: 'core', Soft: -1, Hard: -1 }],
  ['core=5:-1', { Name: 'core', Soft: 5, Hard: -1 }],
])('the limit %s', (text, limit) => {
  expect(readUlimitFlag(text)).toEqual({ value: { [limit.Name]: limit } });
});

test.each([
  'NOFILE=1',
  'nofile',
  'nofile=',
  'nofile=1:2:3',
  'nofile=a',
  'as=1',
  'nofile=2:1',
  '=1',
])('%s is no limit', (text) => {
  expect(readUlimitFlag(text)).toHaveProperty('expects');
});

test.each([
  ['base=10.0.0.0/16,size=24', { base: '10.0.0.0/16', size: 24 }],
  ['size=24,BASE=10.0.0.0/16', { base: '10.0.0.0/16', size: 24 }],
  ['base=10.0.0.0/16', { base: '10.0.0.0/16' }],
  ['base=10.0.0.0/16,size=x', null],
  ['10.0.0.0/16', null],
  ['base=a,width=3', null],
  ['', null],
])('the pool %s', (text, pool) => {
  const read = readPoolFlag(text);
  expect('value' in read ? read.value : null).toEqual(pool);
});

test.each<[string, object, unknown]>([
  ['Crun=/usr/bin/crun', {}, { crun: { path: '/usr/bin/crun' } }],
  [' a = /x ', {}, { a: { path: '/x' } }],
  ['a=/x=y', {}, { a: { path: '/x=y' } }],
  ['a=', {}, null],
  ['=/x', {}, null],
  ['a', {}, null],
  ['runc=/x', {}, null],
  ['A=/x', { a: {} }, null],
])('the runtime %j beside %j', (text, earlier, runtime) => {
  const read = readRuntimeFlag(text, earlier as Record<string, Json>);
  expect('value' in read ? read.value : null).toEqual(runtime);
});

test('a runtime may have a name that every object has', () => {
  expect(readRuntimeFlag('constructor=/x', {})).toEqual({
    value: { constructor: { path: '/x' } },
  });
});

test.each([
  [
    'bridge=com.docker.network.driver.mtu=1400',
    { bridge: { 'com.docker.network.driver.mtu': '1400' } },
  ],
  ['bridge=a=b=c', { bridge: { a: 'b=c' } }],
  ['bridge=a=', { bridge: { a: '' } }],
  ['bridge=a', null],
  ['=a=b', null],
  ['bridge', null],
])('the option of networks %s', (text, option) => {
  const read = readNetworkOptionFlag(text);
  expect('value' in read ? read.value : null).toEqual(option);
});

test.each([
  ['containerd-snapshotter', { 'containerd-snapshotter': true }],
  ['a=false', { a: false }],
  ['a=0', { a: false }],
  ['a=', null],
  ['a=yes', null],
  ['=true', null],
])('the feature %s', (text, feature) => {
  const read = readFeatureFlag(text);
  expect('value' in read ? read.value : null).toEqual(feature);
});

test.each([
  ['enable=true,socket-path=/run/x', { enable: true, 'socket-path': '/run/x' }],
  ['enable', { enable: true }],
  ['enable=0', { enable: false }],
  ['plugin-path=/a=b', { 'plugin-path': '/a=b' }],
  ['enable=yes', null],
  ['plugins=/a', null],
  ['', null],
])('NRI by %s', (text, nri) => {
  const read = readNriFlag(text);
  expect('value' in read ? read.value : null).toEqual(nri);
});

test.each<[Shape, string[], Json]>([
  ['boolean', ['true', 'false'], false],
  ['boolean', ['T'], true],
  ['integer', ['1400', '1500'], 1500],
  ['string', ['a', 'b'], 'b'],
  ['string', [], ''],
  [{ list: 'string' }, ['a', 'b'], ['a', 'b']],
  [{ map: 'string' }, ['a=1', 'b=2=3', 'c', 'a=4'], { a: '4', b: '2=3', c: '' }],
])('of %j, %j are %j', (shape, values, value) => {
  expect(flagValue(shape, values)).toEqual(value);
});
