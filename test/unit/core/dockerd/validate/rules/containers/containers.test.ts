import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { judge, saidAt, verdictOf, type Row } from '../../../../../../support/judge-config.js';

test.each<[string, HostFacts, string[]]>([
  ['{"seccomp-profile": "/x.json"}', { kindOf: () => null }, ['error missing-file 1:2']],
  ['{"cgroup-parent": "/x"}', { cgroup: 'v2', systemd: true }, ['error bad-value 1:2']],
  ['{"userns-remap": "bob"}', { users: ['root'], groups: ['root'] }, ['error missing-account 1:2']],
])('%s with %j', (text, host, expected) => {
  expect(saidAt(text, { host })).toEqual(expected);
});

describe('cgroup-parent below the cgroup driver systemd (systemd.slice(5))', () => {
  const host: HostFacts = { systemd: true, cgroup: 'v2', kindOf: () => null };

  // As three real engines answered (20.10.24, 26.1.5, 28.5.2): does a container start?
  test.each([
    ['/x.slice', '26.1.5', false],
    ['a--b.slice', '28.5.2', false],
    ['x y.slice', '20.10.24', false],
    ['a@b.slice', '28.5.2', false],
    ['-.slice', '28.5.2', true],
    ['a\\b.slice', '20.10.24', true],
    ['docker-build.slice', '28.5.2', true],
  ])('%s on %s: %s', (parent, engine, containers) => {
    expect(judge({ 'cgroup-parent': parent }, { engine, host })).toMatchObject({
      starts: true,
      containers,
    });
  });

  const slice =
    'error bad-value cgroup-parent -> write the name of a slice, such as "docker.slice"';
  test.each<Row>([
    [{ 'cgroup-parent': '/docker' }, { host }, ['no start', slice]],
    [{ 'cgroup-parent': '/docker' }, { host: { cgroup: 'v1', systemd: true } }, ['works']],
    [{ 'cgroup-parent': '/docker' }, { host: { cgroup: 'v2', systemd: false } }, ['works']],
    [
      { 'cgroup-parent': '/docker', 'exec-opts': ['native.cgroupdriver=cgroupfs'] },
      { host },
      ['works'],
    ],
    [
      { 'cgroup-parent': '/docker', 'exec-opts': ['native.cgroupdriver=systemd'] },
      { host: { cgroup: 'v1' } },
      ['no start', slice],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

/** The decoder refuses what it does not know since 28.0 (moby config.go, parseExecOptions). */
describe('exec-opts', () => {
  const HINT = 'write "native.cgroupdriver=systemd" or "native.cgroupdriver=cgroupfs"';
  test.each<Row>([
    [{ 'exec-opts': ['native.cgroupdriver=systemd'] }, {}, ['works']],
    [
      { 'exec-opts': ['cgroupdriver=systemd'] },
      {},
      ['no start, no reload', `error bad-value exec-opts.0 -> ${HINT}`],
    ],
    [
      { 'exec-opts': ['cgroupdriver=systemd'] },
      { engine: '27.5.1' },
      ['works', `warning bad-value exec-opts.0 -> ${HINT}`],
    ],
    [
      { 'exec-opts': ['native.cgroupdriver=none'] },
      {},
      ['no start', `error bad-value exec-opts.0 -> ${HINT}`],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

test('a realtime budget is a thing of cgroup v1, which 20.10 finds out late', () => {
  const config = { 'cpu-rt-runtime': 950000 };
  const said = 'error bad-value cpu-rt-runtime -> remove cpu-rt-runtime';
  expect(verdictOf(config, { host: { cgroup: 'v1' } })).toEqual(['works']);
  expect(verdictOf(config, { host: { cgroup: 'v2' } })).toEqual(['no start', said]);
  expect(verdictOf(config, { host: { cgroup: 'v2' }, engine: '20.10' })).toEqual([
    'no container',
    said,
  ]);
});

describe('seccomp-profile', () => {
  test.each<Row>([
    [{ 'seccomp-profile': 'unconfined' }, {}, ['works']],
    [{ 'seccomp-profile': 'builtin' }, { engine: '23' }, ['works']],
    [
      { 'seccomp-profile': 'unconfined' },
      { engine: '20.10' },
      ['no start', 'error bad-value seccomp-profile -> remove seccomp-profile, or name a file'],
    ],
    [
      { 'seccomp-profile': 'default' },
      {},
      [
        'no start',
        'error bad-value seccomp-profile -> write "builtin", or remove seccomp-profile: that is the default',
      ],
    ],
    [{ 'seccomp-profile': '/p.json' }, { host: { kindOf: () => 'file' } }, ['works']],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});

/** moby daemon_unix.go, parseRemappedRoot and setupRemappedRoot. */
describe('userns-remap', () => {
  const host: HostFacts = {
    users: ['root', 'bob'],
    groups: ['root', 'bob', 'ops'],
    hasSubordinateIds: (user) => user === 'bob',
  };
  const NEW =
    'error missing-account userns-remap -> write "default", or create the account with its ranges in /etc/subuid and /etc/subgid';
  test.each<Row>([
    [{ 'userns-remap': 'default' }, { host }, ['works']],
    [{ 'userns-remap': 'bob:ops' }, { host }, ['works']],
    [{ 'userns-remap': 'bob:nobody' }, { host }, ['no start', NEW]],
    [
      { 'userns-remap': 'a:b:c' },
      { host },
      ['no start', NEW.replace('missing-account', 'bad-value')],
    ],
    [
      { 'userns-remap': 'bob' },
      { host: { ...host, hasSubordinateIds: () => false } },
      [
        'no start',
        'error missing-account userns-remap -> write "default", or add ranges: `usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER`',
      ],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });
});
