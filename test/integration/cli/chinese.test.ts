import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NOUNS, SINGLE_COMMANDS } from '../../../src/cli/catalogue.js';
import { realHost } from '../../support/node-host.js';
import { dockerctl, dockerctlOn } from '../../support/program.js';

let root = '';
let bad = '';

beforeAll(async () => {
  // Loads every command one by one: jest cannot load what two ask for at once.
  await dockerctl('help', '--all');
  root = mkdtempSync(join(tmpdir(), 'chinese-'));
  mkdirSync(join(root, 'etc/docker'), { recursive: true });
  bad = join(root, 'bad.json');
  writeFileSync(
    bad,
    '{\n  // comment\n  "log-level": "loud",\n  "debug": "yes",\n  "mirrors": [],\n}\n',
  );
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const chinese = (...words: string[]) => dockerctl('--lang', 'zh-CN', ...words);

/** Three words of English prose, one behind the other, that are neither typed nor quoted. */
function englishIn(text: string): string[] {
  const prose = text.replace(/`[^`]*`|"[^"]*"|dockerctl .*$/gmu, '·');
  return prose.match(/(?:^|[\s(])[a-z]{2,} [a-z]+ [a-z]{2,}[^\n]{0,40}/gmu) ?? [];
}

const COMMANDS = [
  ...Object.keys(SINGLE_COMMANDS),
  ...Object.entries(NOUNS).flatMap(([noun, { verbs }]) =>
    Object.keys(verbs).map((verb) => `${noun} ${verb}`),
  ),
];

describe('help', () => {
  test.each(['', 'options', ...Object.keys(NOUNS), ...COMMANDS])(
    'of "%s" is Chinese',
    async (name) => {
      const { status, stdout } = await chinese('help', ...name.split(' ').filter(Boolean));
      expect(status).toBe(0);
      expect(stdout).toMatch(/用法：|每个命令都有的选项：/u);
      expect(englishIn(stdout)).toEqual([]);
    },
  );

  test('of dockerctl fits 80 columns and 24 lines', async () => {
    const lines = (await chinese('--help')).stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    const columns = (line: string) => line.length + (line.match(/[^ -~…]/gu)?.length ?? 0);
    expect(lines.filter((line) => columns(line) > 85)).toEqual([]);
  });

  test('for man and docs/commands.md stays English', async () => {
    for (const words of [
      ['help', '--all', '--markdown'],
      ['help', 'trust', '--man'],
      ['completion', 'bash'],
      ['--version'],
    ])
      expect(await chinese(...words)).toEqual(await dockerctl(...words));
  });
});

const ANSWERS: readonly (readonly string[])[] = [
  ['frobnicate'],
  ['status', '--frobnicate'],
  ['config', 'get'],
  ['config', 'validate', 'BAD', '--engine', '28.5'],
  ['config', 'validate', 'BAD', '--engine', '28.5', '--format', 'github'],
  ['config', 'get', 'log-level', '--root', 'ROOT'],
  ['config', 'set', 'log-level', 'warn', '--root', 'ROOT', '--dry-run'],
  ['config', 'set', 'log-level', 'warn', '--root', 'ROOT'],
  ['config', 'set', 'no-such-key', '1', '--root', 'ROOT'],
  ['config', 'show', '--root', 'ROOT'],
  ['config', 'rollback', '99', '--root', 'ROOT'],
  ['doctor', '--root', 'ROOT'],
  ['status', '--root', 'ROOT'],
  ['drift', '--root', 'ROOT'],
  ['trust', 'list', '--root', 'ROOT'],
  ['trust', 'add-registry', 'docker.io', '--root', 'ROOT'],
  ['trust', 'remove-registry', 'registry.example.com', '--root', 'ROOT'],
  ['certs', 'list', '--root', 'ROOT'],
  ['certs', 'issue', '--root', 'ROOT'],
  ['mirrors', 'list', '--root', 'ROOT'],
  ['mirrors', 'set', 'mirror', '--root', 'ROOT'],
  ['runtime', 'list', '--root', 'ROOT'],
  ['cgroup', 'set', 'none', '--root', 'ROOT'],
  ['explain', 'no-such-code'],
];

const placed = (words: readonly string[]): string[] =>
  words.map((word) => (word === 'ROOT' ? root : word === 'BAD' ? bad : word));

describe.each(ANSWERS.map((words) => [words.join(' '), words] as const))('%s', (_, words) => {
  test('says in JSON what it says in JSON, with the same exit status', async () => {
    const looks = ['--dry-run', ...placed(words), '--json'];
    const [there, here] = [await dockerctl(...looks), await chinese(...looks)];
    expect(here).toEqual(there);
  });

  test('leaves no English sentence to a person, and ends with the same status', async () => {
    const looks = ['--dry-run', ...placed(words)];
    const [there, here] = [await dockerctl(...looks), await chinese(...looks)];
    expect(here.status).toBe(there.status);
    if (!words.includes('github')) expect(englishIn(here.stdout + here.stderr)).toEqual([]);
  });
});

test('an answer for programs stays English, and so does a value that was asked for', async () => {
  const github = ['config', 'validate', bad, '--engine', '28.5', '--format', 'github'];
  expect(await chinese(...github)).toEqual(await dockerctl(...github));
  const own = join(root, 'own');
  mkdirSync(join(own, 'etc/docker'), { recursive: true });
  writeFileSync(join(own, 'etc/docker/daemon.json'), '{\n  "labels": ["a=it is empty"]\n}\n');
  for (const words of [['show'], ['get', 'labels'], ['show', '--effective']]) {
    const look = ['config', ...words, '--root', own];
    expect(await chinese(...look)).toEqual(await dockerctl(...look));
  }
});

test('an error is Chinese, and what is to be typed is not', async () => {
  expect(await chinese('status', '--frobnicate')).toEqual({
    status: 2,
    stdout: '',
    stderr: 'dockerctl: status: --frobnicate 不是选项。\n请尝试：dockerctl status --help\n',
  });
});

test('another language than these two is refused, in English', async () => {
  const { status, stderr } = await dockerctl('status', '--lang', 'fr');
  expect(status).toBe(2);
  expect(stderr).toContain('--lang takes one of');
});

test.each([
  [
    'missing',
    () => {
      throw Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
    },
  ],
  ['damaged', () => Buffer.from('{"words": {')],
  ['of another version', () => Buffer.from('{}')],
] as const)('a catalogue that is %s: English, and said so', async (_, readAsset) => {
  const below = (to: string | null) => {
    const host = realHost(to);
    return { ...host, fs: { ...host.fs, readAsset } };
  };
  const there = await dockerctl('trsut');
  const here = await dockerctlOn(below, ['--lang', 'zh-CN', 'trsut']);
  expect(here).toEqual({
    ...there,
    stderr: expect.stringMatching(/^dockerctl: templates\/messages.*all is said in English.*\n/u),
  });
  expect(here.stderr).toContain(there.stderr);
});
