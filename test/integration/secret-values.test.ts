import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '../support/node-host.js';
import { CA, issue } from '../support/openssl.js';
import { dockerctl } from '../support/program.js';

const TOKEN = '5ecre7-7oken-of-5plunk';
const PASSWORD = 'pr0xypa55';
const CONFIG = {
  'log-driver': 'splunk',
  'log-opts': { 'splunk-token': TOKEN, 'splunk-url': 'https://splunk.test:8088', 'max-x': '1' },
  proxies: { 'http-proxy': `me:${PASSWORD}@proxy.test` },
  runtimes: { r: { path: '/bin/r', runtimeArgs: [`--token=${TOKEN}`] } },
};

let root: string;
const at = (path: string): string => join(root, path);
const modeOf = (path: string): number => lstatSync(at(path)).mode & 0o777;
const run = (...argv: string[]) => dockerctl(...argv, '--root', root);
const leaks = (text: string): boolean => text.includes(TOKEN) || text.includes(PASSWORD);

beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(at('etc/docker/certs.d/a.test'), { recursive: true });
  writeFileSync(at('etc/docker/daemon.json'), JSON.stringify(CONFIG, null, 2));
  chmodSync(at('etc/docker/daemon.json'), 0o600);
});

const filesWith = (secret: string): string[] =>
  (readdirSync(root, { recursive: true }) as string[]).filter(
    (path) => lstatSync(at(path)).isFile() && readFileSync(at(path), 'latin1').includes(secret),
  );

describe('the value of an option that is a secret', () => {
  test('is in no answer, title, difference, finding or history', async () => {
    writeFileSync(at('other.json'), JSON.stringify({ ...CONFIG, 'log-opts': {} }));
    writeFileSync(at('bad.json'), JSON.stringify({ 'log-opts': { 'splunk-token': [TOKEN] } }));
    const said = [
      await run('adopt', '--dry-run'),
      await run('adopt', '--dry-run', '--json'),
      await run('adopt'),
      await run('config', 'set', 'debug', 'true', '--dry-run'),
      await run('config', 'set', 'log-opts.splunk-token', `${TOKEN}2`, '--verbose'),
      await run('config', 'set', 'log-opts.splunk-token', `${TOKEN}2`, '--json', '--dry-run'),
      await run('config', 'set', 'log-opts', JSON.stringify({ 'splunk-token': TOKEN })),
      await run('config', 'set', 'proxies.http-proxy', `me:${PASSWORD}@proxy.test`),
      await run('config', 'diff', '/other.json'),
      await run('config', 'diff', '/other.json', '--json'),
      await run('config', 'validate', at('bad.json')),
      await run('config', 'validate', at('bad.json'), '--json'),
      await run('config', 'validate', '--format', 'sarif'),
      await run('drift'),
      await run('drift', '--json'),
      await run('apply', '--dry-run'),
      await run('status'),
      await run('status', '--json'),
      await run('doctor'),
      await run('doctor', '--json'),
      await run('config', 'history'),
      await run('config', 'history', '--json'),
      await run('config', 'history', '2'),
      await run('config', 'history', '2', '--json'),
      await run('config', 'rollback', '--dry-run'),
    ];
    expect(said.map(({ status }) => status)).not.toContain(70);
    expect(
      said.flatMap(({ stdout, stderr }, nth) => (leaks(stdout + stderr) ? [nth] : [])),
    ).toEqual([]);
    expect(said[7]?.status).toBe(0);
    expect(filesWith(TOKEN).filter((path) => path.endsWith('manifest.json'))).toEqual([]);
  });

  test('is given to who asks for it', async () => {
    expect((await run('config', 'get', 'log-opts.splunk-token')).stdout).toBe(`${TOKEN}\n`);
  });
});

describe('a file made from another', () => {
  test('is no more open than that: the declaration of adopt, and the certificates beside it', async () => {
    const { cert, key } = issue(temporaryFolder(), { cn: 'Root', extensions: CA });
    writeFileSync(at('etc/docker/certs.d/a.test/ca.crt'), cert + key);
    expect((await run('adopt')).status).toBe(0);
    const open = [...filesWith(TOKEN), ...filesWith(PASSWORD)].filter(
      (path) => (modeOf(path) & 0o077) !== 0,
    );
    expect(open).toEqual([]);
    expect(readFileSync(at('etc/dockerctl/dockerctl.json5'), 'utf8')).toContain(TOKEN);
    const beside = readFileSync(at('etc/dockerctl/ca/a.test.crt'), 'utf8');
    expect(beside).toContain('BEGIN CERTIFICATE');
    expect(beside).not.toContain('PRIVATE KEY');
  });

  test('is no more open than that: what --record writes of a secret', async () => {
    mkdirSync(at('etc/dockerctl/dockerctl.d'), { recursive: true });
    writeFileSync(at('etc/dockerctl/dockerctl.json5'), '{}');
    await run('config', 'set', 'debug', 'true', '--record');
    expect(modeOf('etc/dockerctl/dockerctl.d/recorded.json5')).toBe(0o644);
    await run('config', 'set', 'log-opts.splunk-token', `${TOKEN}3`, '--record');
    expect(modeOf('etc/dockerctl/dockerctl.d/recorded.json5')).toBe(0o600);
  });

  test('keeps the rights that it has', async () => {
    mkdirSync(at('etc/dockerctl'), { recursive: true });
    writeFileSync(at('etc/dockerctl/dockerctl.json5'), '{}', { mode: 0o640 });
    chmodSync(at('etc/docker/daemon.json'), 0o644);
    expect((await run('adopt', '--force')).status).toBe(0);
    expect(modeOf('etc/dockerctl/dockerctl.json5')).toBe(0o640);
  });
});

test('a new daemon.json with a secret is for root alone, and of an open one it is said', async () => {
  const PROXY = `http://me:${PASSWORD}@proxy.test`;
  root = temporaryFolder();
  mkdirSync(at('etc/docker'), { recursive: true });
  await run('config', 'set', 'proxies.http-proxy', PROXY);
  expect(modeOf('etc/docker/daemon.json')).toBe(0o600);
  writeFileSync(at('etc/docker/daemon.json'), '{}');
  chmodSync(at('etc/docker/daemon.json'), 0o644);
  const { stdout, stderr } = await run('config', 'set', 'proxies.http-proxy', PROXY);
  expect(stdout + stderr).toContain('`chmod 600 /etc/docker/daemon.json`');
  expect(modeOf('etc/docker/daemon.json')).toBe(0o644);
});
