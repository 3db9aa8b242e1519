import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const PLAIN = { env: { NODE_OPTIONS: '', NODE_EXTRA_CA_CERTS: undefined } };
const WEIGH_CHUNKS = join(process.cwd(), 'test/support/weigh-chunks.cjs');

describe('the bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockerctl-bundle-'));
  const bundle = join(folder, 'dist/dockerctl.cjs');
  const config = join(folder, 'etc/docker/daemon.json');
  const pki = join(folder, 'pki');

  beforeAll(async () => {
    await execa('node_modules/.bin/rolldown', [
      '-c',
      'rolldown.config.js',
      '--dir',
      join(folder, 'dist'),
    ]);
    symlinkSync(resolve('certs'), join(folder, 'certs'));
    mkdirSync(dirname(config), { recursive: true });
    writeFileSync(config, '{"log-driver":"local"}');
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  // Every kilobyte that a command loads without need is paid at every start (bench/start-up.bench.mjs).
  test.each([
    { line: ['--version'], most: 0, stdout: /^dockerctl \d+\.\d+\.\d+$/ },
    { line: ['config', 'get', 'log-driver', '--root', folder], most: 360, stdout: /^local$/ },
    {
      line: ['certs', 'issue', '--init', '--domain', 'a.test', '--pki', pki],
      most: 201,
      stdout: /^Issued/,
    },
  ])('loads at most $most kB of chunks for $line', async ({ line, most, stdout }) => {
    const ran = await program('--require', WEIGH_CHUNKS, ...line);
    expect(ran.stdout).toMatch(stdout);
    expect(Number(/(\d+) kB of chunks$/.exec(ran.stderr)?.[1])).toBeLessThanOrEqual(most);
  });

  test('loads the page of the report for the report alone', async () => {
    const loaded = async (...line: string[]) => {
      const { stderr } = await program('--require', WEIGH_CHUNKS, ...line, '--root', folder);
      const chunks = [...stderr.matchAll(/^loaded (.*)$/gm)].map(([, path = '']) => path);
      return chunks.filter((path) => readFileSync(path, 'utf8').includes("default-src 'none'"));
    };
    symlinkSync(resolve('templates'), join(folder, 'templates'));
    const page = join(folder, 'page.html');
    expect(await loaded('report', '--html', page)).toHaveLength(1);
    for (const line of ['status', 'doctor', 'config show --effective', 'report --json', '--help'])
      expect(await loaded(...line.split(' '))).toEqual([]);
  });

  test('ends only after it has given its answer', async () => {
    const { stdout } = await program('config', 'set', 'debug', 'true', '--root', folder);
    expect(stdout).toContain('Changed /etc/docker/daemon.json');
  });

  test.each([
    ['--version'],
    ['help', '--all'],
    ['config', 'show', '--root', folder],
    ['config', 'history', '--root', folder, '--json'],
  ])('whose answer cannot be written has failed: %s', (...line) => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [bundle, ...line], {
      env: { ...process.env, ...PLAIN.env },
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect([status, stderr]).toEqual([3, expect.stringContaining('ENOSPC')]);
  });

  function program(...words: readonly string[]) {
    const [nodeOptions, line] =
      words[0] === '--require' ? [words.slice(0, 2), words.slice(2)] : [[], words];
    return execa(process.execPath, [...nodeOptions, bundle, ...line], PLAIN);
  }
});
