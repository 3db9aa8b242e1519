import { describe, expect, test } from '@jest/globals';
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

describe('flags that came or went', () => {
  test.each([
    ['-g /data', [true, false, false]],
    ['--graph=/data', [true, false, false]],
    ['--cluster-store etcd://a:1', [true, false, false]],
    ['--oom-score-adjust 0', [true, false, false]],
    ['--http-proxy http://p', [false, true, true]],
    ['--cdi-spec-dir /etc/cdi', [false, true, true]],
    ['--default-network-opt bridge=a=b', [false, true, true]],
    ['--feature foo', [false, false, true]],
    ['--ip-forward-no-drop', [false, false, true]],
    ['--validate', [false, true, true]],
    ['--api-cors-header=', [true, true, true]],
    ['--allow-nondistributable-artifacts x', [true, true, true]],
    ['--network-diagnostic-port 5', [true, true, true]],
    ['--firewall-backend iptables', [false, false, false]],
    ['--disable-legacy-registry', [false, false, false]],
  ])('%s', (flags, known) => {
    const strange = ENGINES.map(
      (engine) =>
        !judge(flags, engine).findings.some(({ code }) => code === 'flag-of-other-engine'),
    );
    expect(strange).toEqual(known);
  });

  test('name what took their place', () => {
    expect(judge('-g /data').findings).toMatchObject([
      {
        code: 'flag-of-other-engine',
        subject: '-g /data',
        message: 'dockerd 26.1.5 has no flag -g',
        hint: 'write --data-root, in /etc/default/docker',
      },
    ]);
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
