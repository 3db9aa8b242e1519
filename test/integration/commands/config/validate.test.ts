import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { rootWith, type Root } from '../../../support/daemon-json.js';

const BAD = '{\n  "debgu": true\n}';

function put(root: Root, path: string, text: string): void {
  mkdirSync(dirname(root.at(path)), { recursive: true });
  writeFileSync(root.at(path), text);
}

describe('config validate', () => {
  test('says that the file works, status 0', async () => {
    const root = rootWith('{"debug": true}');
    const { status, stdout } = await root.run('config', 'validate', '--engine', '27');
    expect(status).toBe(0);
    const path = root.at('/etc/docker/daemon.json');
    expect(stdout).toBe(`${path}: starts and reloads (dockerd 27)\n`);
  });

  test('points to what stops dockerd, status 1', async () => {
    const { status, stdout } = await rootWith(BAD).run('config', 'validate', '--engine', '27');
    expect(status).toBe(1);
    expect(stdout).toContain(
      '/etc/docker/daemon.json:2:3: error: "debgu" is not a key of dockerd [unknown-key]\n  Try: write debug\n',
    );
    expect(stdout).toContain('dockerd would not start (dockerd 27): 1 error\n');
  });

  test('what to do about mistakes of one kind in a row stands behind the last of them', async () => {
    const root = rootWith('{\n  // a\n  // b\n  "debug": true,\n}\n');
    const { stdout } = await root.run('config', 'validate', '--engine', '27');
    const path = root.at('/etc/docker/daemon.json');
    const comment = 'error: a comment: dockerd reads JSON, which has none [comment]\n';
    expect(stdout).toContain(`${path}:2:3: ${comment}${path}:3:3: ${comment}  Try: remove it\n`);
  });

  test('has no good word for a file with which dockerd starts and no container does', async () => {
    const { status, stdout } = await rootWith('{"log-driver": "jurnald"}').run(
      ...['config', 'validate', '--engine', '27'],
    );
    expect(status).toBe(1);
    expect(stdout).toContain('dockerd starts, but no container would (dockerd 27): 1 error');
  });

  test('says what the machine must have, in every format, and with --strict it is no yes', async () => {
    const root = rootWith('{"default-runtime": "x", "runtimes": {"x": {"path": "/opt/x"}}}');
    const judge = (...words: string[]) =>
      root.run('config', 'validate', '--engine', '28.5', ...words);
    const path = root.at('/etc/docker/daemon.json');
    const text = await judge();
    expect(text.status).toBe(0);
    expect(text.stdout).toBe(
      `${path}: starts and reloads on a machine that has: the program /opt/x [runtimes.x.path], for containers (dockerd 28.5)\n`,
    );
    expect((await judge('--strict')).status).toBe(1);
    const need = { key: 'runtimes.x.path', needs: 'program', what: '/opt/x', stops: 'containers' };
    const json = JSON.parse((await judge('--json')).stdout) as { data: { files: unknown[] } };
    expect(json.data.files).toMatchObject([
      { starts: true, reloads: true, containers: true, needs: [{ ...need, line: 1 }] },
    ]);
    const stream = await judge('--stream');
    expect(stream.stdout).toBe(
      `${path}: ok-if (the program /opt/x [runtimes.x.path], for containers)\n`,
    );
    const sarif = (await judge('--format', 'sarif')).stdout;
    expect(sarif).toContain('a container starts only on a machine that has the program /opt/x');
    expect((await judge('--format', 'github')).stdout).toMatch(/^::notice .*title=machine-need::/);
  });

  test('of many needs the text names a few, and JSON all', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const root = rootWith('{}');
    put(root, 'srv/many.json', JSON.stringify({ 'authorization-plugins': names }));
    const path = '/srv/many.json';
    const judge = (...words: string[]) =>
      root.run('config', 'validate', path, '--engine', '28.5', ...words);
    expect((await judge()).stdout).toMatch(/plugin e, [^;]+; and 3 more/);
    expect((await judge('--stream')).stdout).toMatch(/and 3 more \(--json names all\)\)\n$/);
    const two = (await judge(path)).stdout.split('\n');
    expect(two.filter((line) => line.includes('needs: the plugin'))).toHaveLength(10);
    expect(two).toContain(`${path}: needs: and 3 more (--json names all)`);
    const { data } = JSON.parse((await judge('--json')).stdout) as {
      data: { files: { needs: unknown[] }[] };
    };
    expect(data.files[0]?.needs).toHaveLength(8);
  });

  test('the flags of the unit below a root count', async () => {
    const root = rootWith('{"hosts": ["fd://"]}');
    put(root, 'usr/lib/systemd/system/docker.service', '[Service]\nExecStart=/usr/bin/dockerd\n');
    expect(await root.run('config', 'validate')).toMatchObject({ status: 0 });
    put(
      root,
      'etc/systemd/system/docker.service.d/hosts.conf',
      '[Service]\nExecStart=\nExecStart=/usr/bin/dockerd $DOCKER_OPTS\nEnvironmentFile=-/etc/default/docker\n',
    );
    put(root, 'etc/default/docker', 'DOCKER_OPTS="-H fd://"\n');
    const { status, stdout } = await root.run('config', 'validate');
    expect(status).toBe(1);
    expect(stdout).toContain('[flag-and-file]');
  });

  test('a missing file is fine: dockerd starts with its defaults', async () => {
    expect(await rootWith(null).run('config', 'validate')).toMatchObject({ status: 0 });
  });

  test("a flag that dockerd does not know stops it without a file too, and is told with the unit's", async () => {
    const root = rootWith(null);
    const unit = '/usr/lib/systemd/system/docker.service';
    put(root, unit, '[Service]\nExecStart=/usr/bin/dockerd --nonsense\n');
    const { status, stdout } = await root.run('config', 'validate');
    expect(status).toBe(1);
    expect(stdout).toContain(`correct it in ${unit}`);
  });

  test('judges named files, for named flags', async () => {
    const root = rootWith(null);
    writeFileSync(root.at('a.json'), '{"hosts": []}');
    const judge = (...flags: string[]) =>
      root.run('config', 'validate', '/a.json', '--engine', '28', ...flags);
    expect(await judge()).toMatchObject({ status: 0 });
    expect(await judge('--unit-flags=-H fd://')).toMatchObject({ status: 1 });
  });

  test('finds a named file from where it is run, whatever PWD says', async () => {
    const root = rootWith(null);
    put(root, '/here/daemon.json', '{"debug": true}');
    const { stdout } = await execa(
      process.execPath,
      [resolve('dist/dockerctl.cjs'), 'config', 'validate', '--engine', '27', 'daemon.json'],
      { cwd: root.at('/here'), env: { PWD: '/nowhere' } },
    );
    expect(stdout).toBe('daemon.json: starts and reloads (dockerd 27)');
  });

  test('a pipe is for stdin', async () => {
    const root = rootWith(null);
    await execa('mkfifo', [root.at('/pipe')]);
    const { status, stderr } = await root.run('config', 'validate', '/pipe', '--engine', '27');
    expect(status).toBe(3);
    expect(stderr).toContain('/pipe is a pipe, a device or a socket.');
    expect(stderr).toContain('dockerctl config validate -');
  });

  test('a folder is no file, and stays where it is', async () => {
    const root = rootWith(null);
    mkdirSync(root.at('configs'));
    expect(await root.run('config', 'validate', '/configs', '--engine', '28')).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('/configs is a folder.'),
    });
  });

  test.each(['99', '19.03'])('says that nobody knows dockerd %s yet', async (engine) => {
    const root = rootWith('{}');
    const { status, stderr } = await root.run('config', 'validate', '--engine', engine);
    expect(status).toBe(0);
    expect(stderr).toContain(`not ${engine}: the verdict is that of the nearest`);
  });

  test('answers with findings for programs', async () => {
    const root = rootWith(BAD);
    const json = await root.run('config', 'validate', '--json', '--engine', '20.10');
    expect(JSON.parse(json.stdout)).toMatchObject({
      data: { files: [{ starts: false }], findings: [{ code: 'unknown-key', line: 2, column: 3 }] },
    });
    const github = await root.run('config', 'validate', '--format', 'github', '--engine', '26');
    expect(github.stdout).toBe(
      `::error file=${root.at('/etc/docker/daemon.json')},line=2,col=3,title=unknown-key::"debgu" is not a key of dockerd. Try: write debug\n`,
    );
    const sarif = await root.run('config', 'validate', '--format', 'sarif', '--engine', '26');
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'unknown-key', level: 'error' }] }],
    });
  });

  test('takes flags that begin with a dash', async () => {
    const { stdout } = await rootWith('{"hosts": []}').run(
      'config',
      'validate',
      '--engine',
      '28',
      '--unit-flags',
      '-H fd://',
    );
    expect(stdout).toContain('[flag-and-file]');
  });

  test('one of several that cannot be read has no verdict, and the others have theirs', async () => {
    const root = rootWith(null);
    put(root, 'good.json', '{}');
    const { status, stdout } = await root.run(
      ...['config', 'validate', '/gone.json', '/good.json', '--engine', '28', '--json'],
    );
    expect(status).toBe(1);
    const { data } = JSON.parse(stdout) as { data: { files: unknown; findings: unknown } };
    expect(data.files).toMatchObject([
      { path: '/gone.json', starts: false },
      { path: '/good.json', starts: true },
    ]);
    expect(data.findings).toMatchObject([{ code: 'file-not-found', path: '/gone.json' }]);
  });

  test('streams a verdict a file, from a list', async () => {
    const root = rootWith(null);
    writeFileSync(root.at('good.json'), '{}');
    writeFileSync(root.at('bad.json'), BAD);
    writeFileSync(root.at('list'), '/good.json\n/bad.json\n');
    const stream = (...more: string[]) =>
      root.run(
        'config',
        'validate',
        '--engine',
        '28',
        '--files-from',
        '/list',
        '--stream',
        ...more,
      );
    const text = await stream();
    expect(text.status).toBe(1);
    expect(text.stdout).toBe(
      '/good.json: ok\n/bad.json: no-start: 2:3: "debgu" is not a key of dockerd [unknown-key]\n',
    );
    const json = (await stream('--json')).stdout.trimEnd().split('\n');
    expect(json.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { path: '/good.json', starts: true, findings: [] },
      { path: '/bad.json', starts: false, findings: [{ code: 'unknown-key', fixable: false }] },
    ]);
  });

  test('SARIF has what version 2.1.0 requires', async () => {
    const root = rootWith('{"registry-mirror": [], "bip": 5}');
    const { stdout } = await root.run('config', 'validate', '--format', 'sarif', '--engine', '28');
    const { $schema, version, runs } = JSON.parse(stdout) as {
      $schema: string;
      version: string;
      runs: { tool: { driver: { name: string; rules: { id: string }[] } }; results: unknown[] }[];
    };
    expect([$schema.includes('sarif-2.1.0'), version, runs.length]).toEqual([true, '2.1.0', 1]);
    const [run] = runs;
    expect(run?.tool.driver.name).toBe('dockerctl');
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['wrong-type', 'flag-name-as-key']);
    for (const result of run?.results ?? []) {
      expect(result).toMatchObject({
        ruleId: expect.any(String),
        level: expect.stringMatching(/^(?:error|warning|note)$/),
        message: { text: expect.stringMatching(/./) },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: expect.stringMatching(/./) },
              region: { startLine: expect.any(Number), startColumn: expect.any(Number) },
            },
          },
        ],
      });
    }
  });

  test.each([
    ['an engine that is no version', ['--engine', 'new'], 2],
    ['a file that is not there', ['/none.json'], 3],
  ])('refuses %s', async (_, argv, status) => {
    expect(await rootWith('{}').run('config', 'validate', ...argv)).toMatchObject({ status });
  });
});

test('config schema is a JSON Schema of the keys that the engine knows', async () => {
  const schemaFor = async (engine: string) => {
    const { stdout } = await rootWith(null).run('config', 'schema', '--engine', engine);
    return JSON.parse(stdout) as { properties: Record<string, unknown>; $schema: string };
  };
  const [old, current] = [await schemaFor('20.10'), await schemaFor('29')];
  expect(current.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(current.properties['log-opts']).toMatchObject({
    type: 'object',
    additionalProperties: { type: 'string' },
  });
  expect(Object.keys(current.properties)).toContain('min-api-version');
  expect(Object.keys(old.properties)).not.toContain('min-api-version');
});

describe('config validate --fix', () => {
  const FIXABLE = '{\n  // ours\n  "registry-mirror": ["https://m.corp"],\n  "debug": "true",\n}\n';

  test('shows the change and makes none without consent', async () => {
    const root = rootWith(null);
    writeFileSync(root.at('a.json'), FIXABLE);
    const argv = ['config', 'validate', '/a.json', '--engine', '28', '--fix'];
    const dry = await root.run(...argv, '--dry-run');
    expect(dry.stderr).toContain('+  "registry-mirrors": ["https://m.corp"],');
    expect(dry.status).toBe(1);
    expect(await root.run(...argv)).toMatchObject({ status: 2 });
    expect(readFileSync(root.at('a.json'), 'utf8')).toBe(FIXABLE);
  });

  test('fixes what it can, and says what is left to decide', async () => {
    const root = rootWith(null);
    put(root, 'd.json', '{\n  "debug": "true",\n  "registry-mirrors": ["mirror"],\n}\n');
    const { status, stdout } = await root.run(
      ...['config', 'validate', '--fix', '--yes', '--engine', '28.5', '/d.json'],
    );
    expect(status).toBe(1);
    expect(stdout).toContain('3:24: error: dockerd refuses the mirror "mirror": it has no scheme');
    expect(readFileSync(root.at('d.json'), 'utf8')).toBe(
      '{\n  "debug": true,\n  "registry-mirrors": ["mirror"]\n}\n',
    );
  });

  test('fixes a named file and keeps its comments beside it', async () => {
    const root = rootWith(null);
    writeFileSync(root.at('a.json'), FIXABLE, { mode: 0o640 });
    const { status, stdout } = await root.run(
      'config',
      'validate',
      '/a.json',
      '--engine',
      '28',
      '--fix',
      '--yes',
    );
    expect([status, stdout]).toEqual([0, '/a.json: starts and reloads (dockerd 28)\n']);
    expect(readFileSync(root.at('a.json'), 'utf8')).toBe(
      '{\n  "registry-mirrors": ["https://m.corp"],\n  "debug": true\n}\n',
    );
    expect(readFileSync(root.at('a.json.comments'), 'utf8')).toContain('line 2: // ours');
    expect(statSync(root.at('a.json')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root.at('.')).sort()).toEqual(['a.json', 'a.json.comments']);
  });

  test("fixes the machine's own file by a transaction that can be taken back", async () => {
    const root = rootWith(FIXABLE);
    expect(await root.run('config', 'validate', '--fix', '--yes')).toMatchObject({ status: 0 });
    expect(root.text()).toContain('"registry-mirrors"');
    expect((await root.run('config', 'history')).stdout).toContain('config validate --fix');
  });
});
