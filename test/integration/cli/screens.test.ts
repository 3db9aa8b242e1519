import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { createProgress } from '../../../src/cli/progress.js';
import { run } from '../../../src/cli/run.js';
import { columnsOf } from '../../../src/core/text/width.js';
import { rootWith } from '../../support/daemon-json.js';
import { realHost } from '../../support/node-host.js';

const CONFIG = JSON.stringify({
  'insecure-registries': ['registry-with-a-long-name.internal.example.com:5000', '10.0.0.5:5000'],
  'log-opts': { 'max-size': '10m', 'max-file': '3' },
  debgu: true,
});

/** A terminal of so many columns, and what was written to it. */
async function onTerminal(
  argv: readonly string[],
  { columns, env = { LANG: 'C.UTF-8' } }: { columns: number; env?: Record<string, string> },
) {
  const tty = () => Object.assign(new PassThrough(), { isTTY: true, columns });
  const [stdin, stdout, stderr] = [tty(), tty(), tty()];
  const streams = { stdin, stdout, stderr, env: { TERM: 'xterm-256color', ...env } };
  const status = await run(argv, { version: '0.0.0', hostBelow: realHost, streams });
  const text = async (stream: PassThrough) => {
    stream.end();
    return Buffer.concat((await stream.toArray()) as Buffer[]).toString('utf8');
  };
  return { status, stdout: await text(stdout), stderr: await text(stderr) };
}

async function machine() {
  const root = rootWith(CONFIG);
  await root.run('config', 'set', 'log-level', 'warn', '--no-validate');
  await root.run('certs', 'issue', '--init', '--domain', 'registry.example.com');
  return root;
}

const folderOf = (root: { at: (path: string) => string }) => root.at('').replace(/\/$/, '');

const SCREENS = [
  ['status'],
  ['config', 'history'],
  ['doctor'],
  ['config', 'set', 'nosuch', '1'],
  ['config', 'validate'],
  ['certs', 'issue', '--domain', 'mirror.example.com', '--dry-run'],
  ['explain', 'locked', 'open-api'],
  ['help'],
  ['cgroup', 'show'],
] as const;

const LANGUAGES = ['C.UTF-8', 'zh_CN.UTF-8'] as const;

const TERMINALS = [40, 80, 200].flatMap((columns) =>
  LANGUAGES.map((LANG) => [columns, LANG] as const),
);

describe.each(TERMINALS)('on a terminal of %i columns, %s', (columns, LANG) => {
  test.each(SCREENS)('%s %s keeps within it', async (...argv) => {
    const root = await machine();
    const words = argv.filter((word) => typeof word === 'string');
    const { stdout, stderr } = await onTerminal([...words, '--root', folderOf(root)], {
      columns,
      env: { LANG },
    });
    const wide = `${stdout}${stderr}`
      .split('\n')
      // A command, also one that --root is put into, and a word longer than the line, such as a path, are never cut.
      .filter((line) => columnsOf(line) > columns && !/Try: |请尝试：| --root /u.test(line))
      .filter((line) =>
        line
          .trim()
          .split(' ')
          .every((word) => word.length < columns - 26),
      );
    expect(wide).toEqual([]);
  });
});

test('without UTF-8 a terminal gets ASCII alone', async () => {
  const root = await machine();
  for (const argv of [['status'], ['help', 'config', 'set'], ['doctor'], ['config', 'show']]) {
    const { stdout, stderr } = await onTerminal([...argv, '--root', folderOf(root)], {
      columns: 80,
      env: { LANG: 'C' },
    });

    expect(stdout + stderr).toMatch(/^[\u0009\u000a\u001b\u0020-\u007e]*$/);
  }
});

test('colours are those that a dark and a light terminal choose themselves, and no background', async () => {
  const root = await machine();
  const { stdout } = await onTerminal(['status', '--root', folderOf(root)], { columns: 80 });

  const codes = new Set([...stdout.matchAll(/\u001b\[([0-9;]*)m/g)].map(([, code]) => code));
  expect(codes.size).toBeGreaterThan(2);
  expect([...codes].filter((code) => !/^(?:1|2|22|3[1-6]|39)$/.test(code ?? ''))).toEqual([]);
});

test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('%j: no colours', async (env) => {
  const root = await machine();
  const asked = { columns: 80, env: { LANG: 'C.UTF-8', ...env } };
  const { stdout } = await onTerminal(['status', '--root', folderOf(root)], asked);
  expect(stdout).not.toContain('\u001b');
  expect(stdout).toContain('to do');
});

test('a rollback over later changes says which go with it', async () => {
  const root = rootWith('{}');
  await root.run('config', 'set', 'debug', 'true');
  await root.run('config', 'set', 'mtu', '1400');
  await root.run('config', 'set', 'log-level', 'warn');
  const { stderr, status } = await root.run('config', 'rollback', '1');
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^With it 2 later changes go:\n {2}3 {2}config set log-level.*\n {2}2 {2}/,
  );
});

describe('progress', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test('says what is waited for and for how long, in one line', () => {
    jest.useFakeTimers();
    const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 40 });
    const progress = createProgress(stderr, { LANG: 'C.UTF-8' });
    progress.show('Restarting dockerd');
    jest.advanceTimersByTime(12_000);
    progress.show(`Asking ${'registry.example.com, '.repeat(9)}`);
    progress.close();
    jest.advanceTimersByTime(5000);
    const written = String(stderr.read()).split('\r\u001b[K');
    expect(written.slice(0, 3)).toEqual(['', 'Restarting dockerd…', 'Restarting dockerd… 1 s']);
    expect(written).toContain('Restarting dockerd… 12 s');
    expect(written.every((line) => line.length < 40)).toBe(true);
    expect(written.at(-1)).toBe('');
  });
});

/** Words of English that stand in a Chinese line, beside names, keys and what is typed. */
const ENGLISH =
  /(?<![-\w./:])(?:and|are|by|for|from|is|not|of|the|there|this|to|until|with)(?![-\w./:])/u;

test.each(SCREENS.filter(([first]) => first !== 'help'))(
  '%s %s in Chinese on a terminal with colours is Chinese, as in a pipe',
  async (...argv) => {
    const root = await machine();
    const words = argv.filter((word) => typeof word === 'string');
    const { stdout, stderr } = await onTerminal([...words, '--root', folderOf(root)], {
      columns: 200,
      env: { LANG: 'zh_CN.UTF-8' },
    });
    const lines = `${stdout}${stderr}`.replace(/\u001b\[[0-9;]*m/gu, '').split('\n');
    expect(lines.filter((line) => ENGLISH.test(line))).toEqual([]);
    expect(lines.join('')).toMatch(/[\u4e00-\u9fff]/u);
    expect(lines.join('\n')).not.toMatch(/没有没有|[\u4e00-\u9fff] ，/u);
  },
);

test('a list of commands is a list of commands in Chinese, too', async () => {
  const { stderr } = await onTerminal(['trsut'], { columns: 200, env: { LANG: 'zh_CN.UTF-8' } });
  expect(stderr.replaceAll('\n', ' ')).toContain('mirrors, trust, insecure, cgroup, runtime');
});
