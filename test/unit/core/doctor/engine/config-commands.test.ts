import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import { withConfigCommand } from '../../../../../src/core/doctor/engine/config-commands.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { findingsOn, fixOn, textsOf } from '../../../../support/doctor-findings.js';

const CONFIG = '/etc/docker/daemon.json';
const withFile = (text: string, observed: Machine['observed'] = {}): Machine => ({
  files: { [CONFIG]: text },
  observed,
});
const DOWN = { state: 'failed', info: null } as const;
const hints = (machine: Machine) =>
  findingsOn(machine)
    .filter(({ path }) => path === CONFIG)
    .map(({ subject, hint }) => `${subject}: ${hint}`);

test("what a file's author meant is kept, where that is certain, and else the key goes", () => {
  const text = '{"registry-mirror": ["https://m.test"], "default-ipc-mode": "nobody"}';
  expect(findingsOn(withFile(text)).map(({ subject, hint }) => `${subject}: ${hint}`)).toEqual([
    'default-ipc-mode: dockerctl config unset default-ipc-mode',
    'registry-mirror: dockerctl config validate --fix',
  ]);
});

test('of a copied text that is no JSON it is its mending, and the own command of a finding, if it has one', () => {
  const typed = (machine: Machine) => findingsOn(machine).map(({ hint }) => hint);
  expect(typed(withFile('{"debug": true}\n{"mtu": 1450}\n'))).toEqual([
    'dockerctl config validate --fix',
  ]);
  expect(typed(withFile('debug: true\n'))).toEqual([
    `mv -n ${CONFIG} ${CONFIG}.broken && dockerctl daemon restart`,
  ]);
  const host = {
    kindOf: (path: string) => (/docker\/(?:btrfs|overlay2)$/.test(path) ? 'folder' : null),
    isEmptyFolder: () => false,
    filesystemOf: () => 'extfs',
  } as const;
  expect(typed({ ...withFile('{"mtu": 1450}'), facts: { host } })).toContain(
    'dockerctl config set storage-driver overlay2',
  );
});

describe('one command for a finding of validate', () => {
  test.each([
    // A list entry, a runtime as a whole, a name that a shell would read otherwise.
    ['{"labels": ["a=1", "b"]}', "labels.1: dockerctl config unset 'labels[1]'"],
    [
      '{"runtimes": {"x": {"path": "/x", "runtimeType": "io.containerd.kata.v2"}}}',
      'runtimes.x: dockerctl config unset runtimes.x',
    ],
    // The default needs its declaration: it goes first, and what takes both away at once is an editor.
    [
      '{"default-runtime": "x", "runtimes": {"x": {"path": "/x"}}}',
      'runtimes.x.path: dockerctl config unset default-runtime',
    ],
    [
      '{"default-runtime": "x", "runtimes": {"x": {"path": "/x", "runtimeType": "a.b"}}}',
      'runtimes.x: dockerctl config edit',
    ],
    ['{"a b": 1}', `a b: dockerctl config unset '"a b"'`],
    [
      '{"registry-mirrors": ["https://registry.docker-cn.com"]}',
      'registry-mirrors.0: dockerctl mirrors remove https://registry.docker-cn.com',
    ],
    ['{"debug": true, "debug": false}', 'debug: dockerctl doctor --fix duplicate-key'],
    ['{"log-opts": {"tag": "a"}, "log-opts": {"tag": "b"}}', 'log-opts: dockerctl config edit'],
    ['{"debug": true,}', 'daemon.json: dockerctl doctor --fix trailing-comma'],
    ['{"debug": tr', `daemon.json: mv -n ${CONFIG} ${CONFIG}.broken && dockerctl daemon restart`],
  ])('%s -> %s', (text, expected) => {
    expect(hints(withFile(text))).toContain(expected);
  });

  test('a flag that the file gives too is imported, by doctor where dockerd is down', () => {
    const both = (state: Machine['observed']): Machine => ({
      files: {
        [CONFIG]: '{"labels": ["a=1"]}',
        '/etc/default/docker': 'DOCKER_OPTS="--label b=2"\n',
      },
      observed: state,
    });
    expect(hints(both({}))).toContain('labels: dockerctl config import-flags labels');
    expect(hints(both(DOWN))).toContain('labels: dockerctl doctor --fix flag-and-file');
  });
});

test('what validate would have people write stays in the message', () => {
  const finding: Finding = {
    ...{ code: 'bad-label', severity: 'error', subject: 'labels.0', path: CONFIG },
    ...{ message: 'dockerd refuses it', hint: 'write key=value' },
  };
  const facts = doctorFacts(withFile('{"labels": ["b"]}'));
  expect(withConfigCommand(facts, finding, new Set())).toMatchObject({
    message: 'dockerd refuses it: write key=value.',
    hint: "dockerctl config unset 'labels[0]'",
  });
  // What is certain is fixed by validate itself.
  expect(withConfigCommand(facts, finding, new Set([finding])).hint).toBe(
    'dockerctl config validate --fix',
  );
});

describe('while dockerd is down, the command is a plan', () => {
  test.each([
    ['{"labels": ["b"], "debug": true}', 'bad-label', '{"labels": [], "debug": true}'],
    ['{"debug": "true"}', 'wrong-type', '{"debug": true}'],
    ['{"debug": true, // why\n"icc": false}', 'comment', '{"debug": true,\n"icc": false}'],
  ])('%s: %s', (text, code, wanted) => {
    const plan = fixOn(withFile(text, DOWN), code);
    expect(JSON.parse(textsOf(plan)[CONFIG] ?? '')).toEqual(JSON.parse(wanted));
    expect(plan.activation.action).toBe('restart');
  });

  test('and the one of a text that nothing is to be made of is moved away', () => {
    const finding = findingsOn(withFile('{"debug": tr', DOWN)).find(
      ({ code }) => code === 'unquoted-value',
    );
    expect(textsOf(finding?.fix)).toEqual({ [CONFIG]: null, [`${CONFIG}.broken`]: '{"debug": tr' });
  });
});
