import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { useMachine } from './support/machine.js';

const run = promisify(execFile);

/**
 * What a person sees: `dockerctl` on a terminal of tmux, until it ends. `env` as env(1) takes it.
 * Each has a server of its own: one that was told to end still takes connections for a moment.
 */
async function screen(machine: string, line: string, { columns = 80, env = 'LANG=C.UTF-8' } = {}) {
  const server = `dockerctl-${randomBytes(4).toString('hex')}`;
  const tmux = async (...argv: string[]) =>
    (await run('tmux', ['-L', server, '-f', '/dev/null', ...argv])).stdout;
  const inside = `test/e2e/support/machine.sh exec ${machine} env -i PATH="$PATH" TERM=screen ${env} ${line}`;
  const shell = `sh -c '${inside}; tmux -L ${server} wait-for -S done; exec cat'`;
  await tmux('-u', 'new-session', '-d', '-x', String(columns), '-y', '24', shell);
  try {
    await tmux('wait-for', 'done');
    return { plain: await tmux('capture-pane', '-p'), colours: await tmux('capture-pane', '-pe') };
  } finally {
    await tmux('kill-server');
  }
}

describe('the screen of a machine in use', () => {
  const machine = useMachine();

  beforeAll(async () => {
    await machine.sh(`
      dockerctl certs issue --init --domain registry.test --ip 10.99.0.1
      dockerctl trust add-registry registry.test:5000 --ca /var/lib/dockerctl/pki/ca.crt --no-verify
      dockerctl mirrors set https://mirror.test
      dockerctl adopt
      dockerctl pause --reason 'new disks' --for 2h`);
  });

  test.each([80, 200])('status at %i columns', async (columns) => {
    const { plain } = await screen(machine.name, 'dockerctl status', { columns });
    const lines = plain.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^dockerd {7}running \(/);
    expect(lines.find((line) => line.startsWith('to do'))).toBeDefined();
    expect(plain).toMatch(
      /^registries +registry\.test:5000 +docker, containerd, podman +until \d{4}/m,
    );
    expect(plain).toMatch(/^agent .*\n.*paused by root until .* UTC: new disks$/m);
    expect(lines.length).toBeLessThanOrEqual(24);
  });

  describe.each([80, 200])('in Chinese at %i columns', (columns) => {
    const chinese = async (line: string) =>
      (await screen(machine.name, line, { columns, env: 'LANG=zh_CN.UTF-8' })).plain
        .trimEnd()
        .split('\n');

    /** Columns of the terminal that stand before the first match: a Han character takes two. */
    const columnOf = (line: string, sought: RegExp) =>
      line.slice(0, line.search(sought)).replace(/[\u3000-\u9fff\uff00-\uff60]/gu, '··').length;

    test('status has its values in one column', async () => {
      const lines = await chinese('dockerctl status');
      const rows = lines.filter((line) => /^\S+ {2,}\S/u.test(line));
      expect(rows.map((line) => /^\S+/u.exec(line)?.[0])).toEqual(
        expect.arrayContaining(['dockerd', '镜像仓库', '证书', 'agent', '声明']),
      );
      expect(new Set(rows.map((line) => columnOf(line, /(?<= {2})\S/u)))).toEqual(new Set([14]));
      expect(lines.join('')).toMatch(/到期|至 \d{4}-\d\d-\d\d/u);
      expect(lines.length).toBeLessThanOrEqual(24);
    });

    test('history has its times in one column', async () => {
      const rows = (await chinese('dockerctl config history')).filter((line) =>
        /^ +\d+ /u.test(line),
      );
      expect(rows.length).toBeGreaterThan(2);
      expect(new Set(rows.map((line) => columnOf(line, /\d{4}-/u))).size).toBe(1);
      expect(rows.join('\n')).toContain('已应用');
    });

    test('help has its descriptions in one column', async () => {
      const rows = (await chinese('dockerctl help config')).filter((line) => /^ {2}\w/u.test(line));
      expect(rows.length).toBeGreaterThan(8);
      expect(new Set(rows.map((line) => columnOf(line, /(?<= {2}\S+ {2,})\S/u))).size).toBe(1);
    });

    test('an error and what doctor finds say what to type next', async () => {
      expect(await chinese('dockerctl config set log-drvier x')).toEqual([
        'dockerctl: "log-drvier" 不是 daemon.json 的键；最接近的是 log-driver。',
        '请尝试：dockerctl config set log-driver …',
      ]);
      const doctor = await chinese('dockerctl doctor');
      expect(doctor).toContain('  说明 dockerctl.service [agent-not-installed]');
      expect(doctor).toContain('    请尝试：dockerctl service install');
    });
  });

  test('without UTF-8, and without colours', async () => {
    const bare = await screen(machine.name, 'dockerctl help config', { env: 'LANG=C NO_COLOR=1' });

    expect(bare.colours).toMatch(/^Usage: dockerctl config[\u0000-\u007f]*$/);
    const { colours } = await screen(machine.name, 'dockerctl status', { env: 'NO_COLOR=1' });
    expect(colours).toMatch(/^dockerd {7}running/);
    expect(colours).not.toContain('\u001b[3');
  });

  test('an answer breaks between words', async () => {
    const { plain } = await screen(machine.name, 'dockerctl config set debug true -y');
    expect(plain).toMatch(/^Reloaded dockerd in .*[;:]?$/m);
    // A line that was cut within a word would be as wide as the terminal, and joined it would be what is told to a pipe.
    const told = await machine.dockerctl('config', 'set', 'debug', 'false', '-y');
    const words = new Set(told.stdout.replaceAll('\n', ' ').split(' '));
    for (const word of ['reload', 'event', 'daemon', 'shows', 'wanted.'])
      expect([word, words.has(word), plain.split(/\s+/).includes(word)]).toEqual([
        word,
        true,
        true,
      ]);
  });

  test('the dry run of trust shows which authority, and no PEM', async () => {
    const { stdout } = await machine.exec([
      ...['dockerctl', 'trust', 'add-registry', 'other.test', '--dry-run'],
      ...['--ca', '/var/lib/dockerctl/pki/ca.crt'],
    ]);
    expect(stdout.match(/^\+# CA CN=.*, until \d{4}-\d\d-\d\d, SHA-256 /gm)).toHaveLength(3);
    expect(stdout).not.toContain('BEGIN CERT');
  });

  test('what docker build remembers is told at the first change of trust, and not at the next', async () => {
    const add = (name: string) =>
      machine.dockerctl('trust', 'add-registry', name, '--ca', PKI_CA, '--no-verify');
    expect((await add('second.test')).stdout).not.toContain('docker build');
  });

  afterAll(async () => {
    await machine.dockerctl('resume');
  });
});

const PKI_CA = '/var/lib/dockerctl/pki/ca.crt';
