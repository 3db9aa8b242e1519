import { describe, expect, test } from '@jest/globals';
import type { HostFacts } from '../../../../../../../src/core/dockerd/validate/host-facts.js';
import { neededBy, saidAt, verdictOf, type Row } from '../../../../../../support/judge-config.js';

test.each<[string, HostFacts, string[]]>([
  ['{"runtimes": {"a": {"path": "/x"}}}', { kindOf: () => null }, ['warning missing-program 1:21']],
  [
    '{"default-runtime": "a", "runtimes": {"a": {"path": "x"}}}',
    { kindOf: () => null },
    ['error missing-program 1:45'],
  ],
  [
    '{"default-runtime": "a", "runtimes": {"a": {"path": "x", "runtimeArgs": ["-v"]}}}',
    { kindOf: (path) => (path === '/usr/bin/x' ? 'executable' : null) },
    [],
  ],
  [
    '{"default-runtime": "a", "runtimes": {"a": {"path": "x", "runtimeArgs": ["-v"]}}}',
    { kindOf: () => null },
    ['error missing-program 1:45'],
  ],
])('%s with %j', (text, host, expected) => {
  expect(saidAt(text, { host })).toEqual(expected);
});

test('a runtime that containerd knows by its type has the program of that type', () => {
  const text = '{"runtimes": {"gvisor": {"runtimeType": "io.containerd.runsc.v1"}}}';
  const judged = (kindOf: HostFacts['kindOf']) =>
    saidAt(text, { engine: '26.1', host: { ...(kindOf && { kindOf }) } });
  const shim = '/usr/bin/containerd-shim-runsc-v1';
  expect(judged((path) => (path === shim ? 'executable' : null))).toEqual([]);
  expect(judged(() => null)).toEqual(['warning missing-program 1:26']);
  expect(judged(undefined)).toEqual([]);
});

/** moby daemon/runtime_unix.go, setupRuntimes: since 25.0 exactly one of the two. */
describe('what a declaration must hold', () => {
  const declared = (name: string, runtime: object) => ({ runtimes: { [name]: runtime } });
  const refused = (name: string, hint: string) => [
    'no start, no reload',
    `error bad-runtime runtimes.${name} -> ${hint}`,
  ];

  test.each<Row>([
    [declared('x', { path: '/x' }), {}, ['works']],
    [declared('x', { path: '/x', runtimeArgs: ['-v'] }), {}, ['works']],
    [declared('x', { runtimeType: 'io.containerd.kata.v2', options: { a: 1 } }), {}, ['works']],
    [
      declared('runc', { path: '/usr/bin/runc' }),
      {},
      refused('runc', 'give the runtime another name'),
    ],
    [declared('x', {}), {}, refused('x', 'add "path": "/usr/bin/…"')],
    [
      declared('x', { path: '/x', runtimeType: 'io.containerd.kata.v2' }),
      {},
      refused('x', 'remove one of them'),
    ],
    [declared('x', { path: '/x', options: { a: 1 } }), {}, refused('x', 'remove options')],
    [
      declared('x', { runtimeType: 'io.containerd.kata.v2', runtimeArgs: ['-v'] }),
      {},
      refused('x', 'remove runtimeArgs'),
    ],
    [
      declared('a/b', { path: '/x', runtimeArgs: ['-v'] }),
      {},
      refused('a/b', 'give the runtime another name'),
    ],
    [
      declared('x', { runtimeType: 'io.containerd.kata.v2', options: [] }),
      {},
      ['no start, no reload', 'error wrong-type runtimes.x.options -> write {}'],
    ],
    [
      declared('x', { runtimeType: 'kata' }),
      {},
      [
        'works',
        'warning bad-runtime runtimes.x.runtimeType -> write a name such as "io.containerd.runc.v2", or an absolute path',
      ],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('before 25 dockerd starts without either', () => {
    expect(verdictOf(declared('x', {}), { engine: '24' })[0]).toBe('works');
  });
});

describe('the default runtime', () => {
  const named = (name: string) => ({ 'default-runtime': name });
  test.each<Row>([
    [named('runc'), {}, ['works']],
    [named('io.containerd.runc.v2'), {}, ['works']],
    [
      named('nvidia'),
      {},
      [
        'no start, no reload',
        'error bad-runtime default-runtime -> add it: `dockerctl runtime add nvidia`',
      ],
    ],
    [
      named('a b'),
      {},
      [
        'no start, no reload',
        'error bad-runtime default-runtime -> add it: `dockerctl runtime add NAME`',
      ],
    ],
    // The name of a shim is one since 25.
    [
      named('io.containerd.kata.v2'),
      { host: { kindOf: () => null } },
      ['no container', 'error missing-program default-runtime -> install it, or correct the name'],
    ],
    [
      named('io.containerd.kata.v2'),
      { engine: '24' },
      [
        'no start, no reload',
        'error bad-runtime default-runtime -> add it: `dockerctl runtime add NAME`',
      ],
    ],
    [
      named('io.containerd.runtime.v1.linux'),
      { engine: '20.10', host: { cgroup: 'v2' } },
      ['no start', 'error bad-runtime default-runtime -> remove default-runtime'],
    ],
    [
      named('io.containerd.runtime.v1.linux'),
      { engine: '20.10', host: { cgroup: 'v1' } },
      ['works'],
    ],
  ])('%j with %j', (config, given, verdict) => {
    expect(verdictOf(config, given)).toEqual(verdict);
  });

  test('that a flag adds is declared, since 25', () => {
    const argv = ['--add-runtime=x=/opt/x'];
    expect(verdictOf(named('x'), { argv })).toEqual(['works']);
    expect(neededBy(named('x'), { argv })).toEqual(['--add-runtime=x=/opt/x: /opt/x']);
  });
});
