import { describe, expect, test } from '@jest/globals';
import { parseVersion } from '../../../../../src/core/dockerd/options/keys/version.js';
import { validateConfig } from '../../../../../src/core/dockerd/validate/validate.js';
import { judge, saidAt } from '../../../../support/judge-config.js';

describe('a configuration that works as meant', () => {
  test.each([
    '{}',
    '',
    'null',
    '{"registry-mirrors": ["https://mirror.example.com"], "insecure-registries": ["reg:5000"]}',
    '{"exec-opts": ["native.cgroupdriver=systemd"], "log-driver": "json-file", "log-opts": {"max-size": "100m", "max-file": "3"}, "storage-driver": "overlay2"}',
    '{"runtimes": {"nvidia": {"path": "nvidia-container-runtime", "runtimeArgs": []}}, "default-runtime": "nvidia"}',
    '{"builder": {"gc": {"enabled": true, "defaultKeepStorage": "20GB"}}, "experimental": false, "features": {"buildkit": true}}',
    '{"default-address-pools": [{"base": "10.200.0.0/16", "size": 24}], "bip": "10.10.0.1/24", "ipv6": true, "live-restore": true}',
    '{"hosts": ["unix:///var/run/docker.sock", "fd://"]}',
    '{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true, "tlscacert": "/ca", "tlscert": "/c", "tlskey": "/k"}',
    '{"userns-remap": "default", "no-new-privileges": true, "userland-proxy": false, "icc": false}',
  ])('%.70s gets no word', (text) => {
    expect(judge(text)).toMatchObject({ starts: true, reloads: true, findings: [] });
  });
});

describe('the place of a finding', () => {
  test.each([
    ['{\n  "debgu": true\n}', 'error unknown-key 2:3'],
    ['{"labels": ["a=b",\n\t"c"]}', 'error bad-label 2:2'],
    ['{"log-opts": {"max-size": 10}}', 'error wrong-type 1:15'],
    ['{"a😀": {}, "debug": "x"}', 'error wrong-type 1:12'],
    ['{"debug": true,}', 'error trailing-comma 1:15'],
    ['{"debug": true,\r\n "debug": false}', 'warning duplicate-key 2:2'],
  ])('%j', (text, expected) => {
    expect(saidAt(text)[0]).toBe(expected);
  });

  test('errors come first, and the path is carried along', () => {
    const { findings } = validateConfig({
      bytes: Buffer.from('{"registry-mirror": [], "debgu": 1}'),
      path: '/etc/docker/daemon.json',
      engine: parseVersion('26')!,
      argv: [],
    });
    expect(findings.map(({ code, path }) => [code, path])).toEqual([
      ['unknown-key', '/etc/docker/daemon.json'],
      ['flag-name-as-key', '/etc/docker/daemon.json'],
    ]);
  });
});

describe("flags of the unit's command line", () => {
  const judgeAs = (text: string, [argv, running]: readonly (readonly string[])[]) =>
    validateConfig({
      bytes: Buffer.from(text),
      path: '/etc/docker/daemon.json',
      engine: parseVersion('28.5.2')!,
      argv: ['dockerd', ...(argv ?? [])],
      running: ['dockerd', ...(running ?? [])],
      sourceOf: () => '/etc/default/docker',
    });

  test('of the next start decide the start, those of the process the reload', () => {
    const text = '{"debug": true}';
    expect(judgeAs(text, [['--debug'], []])).toMatchObject({ starts: false, reloads: true });
    const { starts, reloads, findings } = judgeAs(text, [[], ['--debug']]);
    expect([starts, reloads]).toEqual([true, false]);
    expect(findings).toMatchObject([
      { code: 'flag-and-file', severity: 'warning', hint: 'dockerctl daemon restart' },
    ]);
  });
});

describe('one file, several engines', () => {
  test.each([
    ['', '20.10', ['error empty-file 1:1']],
    ['{} x', '20.10', ['warning trailing-content 1:4']],
    ['{} x', '23', ['error trailing-content 1:4']],
  ])('%s on %s', (text, engine, expected) => {
    expect(saidAt(text, { engine })).toEqual(expected);
  });
});

describe('a reload', () => {
  test.each([
    ['{"userland-proxy": true}', true, false],
    ['{"log-driver": "jurnald", "log-opts": {"a": "b"}}', false, true],
    ['{"bip": "x"}', false, true],
    ['{"insecure-registries": ["a/b"]}', false, false],
    ['{"debug": "x"}', false, false],
  ])('%s starts: %s, reloads: %s', (text, starts, reloads) => {
    expect(judge(text)).toMatchObject({ starts, reloads });
  });
});

test('a megabyte is judged, and its findings are cut', () => {
  const text = `{${Array.from({ length: 40_000 }, (_, index) => `"key-${index}": "some value"`).join(',\n')}}`;
  const { starts, findings } = judge(text);
  expect(starts).toBe(false);
  expect(findings).toHaveLength(100);
});

test.each([
  ['exec-opts', 'native.cgroupdriver=systemd'],
  ['node-generic-resources', 'gpu=uuid'],
])('a list of %s that is a megabyte long takes linear time', (key, entry) => {
  const text = JSON.stringify({ [key]: Array<string>(30_000).fill(entry) });
  expect(judge(text)).toMatchObject({ starts: true });
});

test('an object that stands twenty thousand times is merged in linear time', () => {
  const text = `{${Array.from({ length: 20_000 }, (_, index) => `"features": {"f${index}": true}`).join(',')}}`;
  expect(judge(text)).toMatchObject({ starts: true });
});

describe('null, and names inside objects that dockerd does not know', () => {
  test.each([
    ['{"proxies": null}', false],
    ['{"default-shm-size": null}', false],
    ['{"x": {"proxies": null}}', false],
    ['{"runtimes": {"x": {"path": "/x", "options": []}}}', false],
    ['{"tls": null}', true],
    ['{"tlsverify": {}}', false],
    ['{"x": {"default-shm-size": null}}', true],
    ['{"proxies": {"http-proxy": null}}', true],
    ['{"dns": null}', true],
  ])('%s starts: %s', (text, starts) => {
    expect(judge(text)).toMatchObject({ starts });
  });
});
