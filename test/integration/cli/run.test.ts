import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { NOUNS, SINGLE_COMMANDS } from '../../../src/cli/catalogue.js';
import { temporaryFolder } from '../../support/node-host.js';
import { rootWith } from '../../support/daemon-json.js';
import { dockerctl } from '../../support/program.js';

describe('the command line', () => {
  test('--version names the program and its version', async () => {
    expect(await dockerctl('--version')).toMatchObject({
      status: 0,
      stdout: 'dockerctl 0.0.0-test\n',
    });
  });

  test('no command is help, on stdout, status 0', async () => {
    const { status, stdout } = await dockerctl();
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: dockerctl COMMAND');
  });

  test('an unknown command is a usage error that says what to type', async () => {
    expect(await dockerctl('mirors', 'set')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^dockerctl: "mirors" is not a command.*\nTry: dockerctl mirrors set --help\n$/,
      ),
    });
  });

  test.each([
    ['constructor'],
    ['config', '__proto__'],
    ['toString', 'valueOf'],
    ['doctor', '--timeout'],
    ['status', '--root', '--'],
  ])('%s %s is a usage error too, and no bug', async (...argv) => {
    expect((await dockerctl(...argv)).status).toBe(2);
  });

  test.each([
    [['certs', 'check', '--whitin', '3d'], 'certs check: --whitin is not an option.', '--within'],
    [['doctor', '-x'], 'doctor: -x is not an option.', 'dockerctl doctor --help'],
    [
      ['certs', 'check', '--within'],
      'certs check: --within needs a value.',
      'dockerctl certs check --help',
    ],
    [
      ['config', 'validate', '--unit-flags', '--nosuch'],
      'config validate: --unit-flags needs a value, and one that begins with a hyphen is written after =.',
      '--unit-flags=--nosuch',
    ],
    [
      ['config', 'validate', '--unit-flags', '-H'],
      'config validate: --unit-flags needs a value, and one that begins with a hyphen is written after =.',
      '--unit-flags=-H',
    ],
    [
      ['config', 'validate', '--engine', '--fix'],
      'config validate: --engine needs a value.',
      'dockerctl config validate --help',
    ],
    [
      ['config', 'set', 'log-opts.max-size=10 m'],
      'config set: VALUE is missing: JSON of the type of the key, else a text; several for a list.',
      "dockerctl config set log-opts.max-size '10 m'",
    ],
    [
      ['config', 'set', 'log-opts.splunk-token=hush'],
      'config set: VALUE is missing: JSON of the type of the key, else a text; several for a list.',
      "dockerctl config set log-opts.splunk-token '…'",
    ],
    [
      ['certs', 'import', '--key', 'k'],
      'certs import: --cert is missing.',
      'dockerctl certs import --help',
    ],
    [
      ['certs', 'init', '--permit', ''],
      'certs init: --permit needs a value.',
      'dockerctl certs init --help',
    ],
    [
      ['certs', 'init', '--permit'],
      'certs init: --permit needs a value.',
      'dockerctl certs init --help',
    ],
    [
      ['certs', 'issue', '--days', 'abc'],
      'certs issue: --days takes a number.',
      'dockerctl certs issue --help',
    ],
    [
      ['certs', 'export', 'a', '--format', 'der', '--out', 'o'],
      'certs export: --format takes one of "pem", "p12", "harbor", "k8s-secret", "docker-cli", not "der".',
      'dockerctl certs export --help',
    ],
  ])('%j is refused in words of its own', async (argv, message, hint) => {
    const { status, stderr } = await dockerctl(...argv);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: `dockerctl: ${message}\nTry: ${hint}\n`,
    });
  });

  test('sixty thousand short options in one word are none', async () => {
    const ran = await dockerctl(
      'mirrors',
      'set',
      'https://m.example.com',
      `-i${'r'.repeat(60_000)}`,
    );
    expect(ran).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('-irrrrrrrrrrrrrrrrrr… is not an option'),
    });
  });

  test('an error below a root says that its paths are', async () => {
    const root = temporaryFolder();
    const { stderr } = await dockerctl('config', 'get', 'debug', '--root', root);
    expect(stderr).toContain(`does not set debug.\nThese paths are below ${root}.\nTry: `);
  });

  test.each([
    'mirrors list --confirm-within 5',
    'pause --reason why --for 5',
    'certs check --within 5',
  ])('%s has no unit', async (line) => {
    expect(await dockerctl(...line.split(' '), '--root', temporaryFolder())).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/5 has no unit.*Try: 5m for minutes, 5s for/s),
    });
  });

  test.each([
    'certs issue --domain a.test --init',
    'certs renew --due',
    'certs export a.test --out /o',
    'daemon restart',
    'trust migrate',
    'status',
  ])('%s refuses --confirm-within, which could not hold for it', async (line) => {
    const root = temporaryFolder();
    const words = [...line.split(' '), '--confirm-within', '5m', '--root', root];
    expect(await dockerctl(...words)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/--confirm-within cannot hold for it\.\nTry: leave --confirm/),
    });
    expect(readdirSync(root)).toEqual([]);
  });

  test('with --json an error is one object on stdout', async () => {
    const { status, stdout, stderr } = await dockerctl('miror', '--json');
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});

test('options may stand between a noun and its verb, as before both', async () => {
  const root = rootWith('{"debug": true}');
  for (const line of [
    ['config', '--json', 'get', 'debug'],
    ['--json', 'config', 'get', 'debug'],
    ['config', 'get', '--json', 'debug'],
  ]) {
    const { status, stdout } = await root.run(...line);
    expect({ status, data: (JSON.parse(stdout) as { data: unknown }).data }).toMatchObject({
      status: 0,
      data: { value: true },
    });
  }
  expect(await dockerctl('trust', '--to', 'java', 'list')).toMatchObject({ status: 2 });
});

test('global options may stand before the command, with their values', async () => {
  const root = temporaryFolder();
  const { status, stdout } = await dockerctl('--root', root, '--json', 'mirrors', 'list');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, data: { configured: [] } });
});

describe('the catalogue', () => {
  test('a single command has one summary, not two', async () => {
    for (const [name, { summary, load }] of Object.entries(SINGLE_COMMANDS))
      expect([name, (await load()).command.summary]).toEqual([name, summary]);
  });

  test('every command of every noun has a help that names it', async () => {
    for (const [noun, { verbs }] of Object.entries(NOUNS))
      for (const verb of Object.keys(verbs)) {
        const { status, stdout } = await dockerctl(noun, verb, '--help');
        expect({ status, stdout }).toEqual({
          status: 0,
          stdout: expect.stringMatching(new RegExp(`^Usage: dockerctl ${noun} ${verb}[ \n]`)),
        });
      }
  });
});
