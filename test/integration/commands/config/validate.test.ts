import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { rootWith } from '../../../support/daemon-json.js';

const BAD = '{\n  "debgu": true\n}';

describe('config validate', () => {
  test('says that the file works, status 0', async () => {
    const root = rootWith('{"debug": true}');
    const { status, stdout } = await root.run('config', 'validate', '--engine', '27');
    expect(status).toBe(0);
    expect(stdout).toBe('/etc/docker/daemon.json: starts and reloads (dockerd 27)\n');
  });

  test('points to what stops dockerd, status 1', async () => {
    const { status, stdout } = await rootWith(BAD).run('config', 'validate', '--engine', '27');
    expect(status).toBe(1);
    expect(stdout).toContain(
      '/etc/docker/daemon.json:2:3: error: "debgu" is not a key of dockerd [unknown-key]\n  Try: write debug\n',
    );
    expect(stdout).toContain('dockerd would not start (dockerd 27): 1 error\n');
  });

  test('a missing file is fine: dockerd starts with its defaults', async () => {
    expect(await rootWith(null).run('config', 'validate')).toMatchObject({ status: 0 });
  });

  test('judges named files, for named flags', async () => {
    const root = rootWith(null);
    writeFileSync(root.at('a.json'), '{"hosts": []}');
    const judge = (...flags: string[]) =>
      root.run('config', 'validate', '/a.json', '--engine', '28', ...flags);
    expect(await judge()).toMatchObject({ status: 0 });
    expect(await judge('--unit-flags=-H fd://')).toMatchObject({ status: 1 });
  });

  test('answers with findings for programs', async () => {
    const root = rootWith(BAD);
    const json = await root.run('config', 'validate', '--json', '--engine', '20.10');
    expect(JSON.parse(json.stdout)).toMatchObject({
      data: { files: [{ starts: false }], findings: [{ code: 'unknown-key', line: 2, column: 3 }] },
    });
    const github = await root.run('config', 'validate', '--format', 'github', '--engine', '26');
    expect(github.stdout).toBe(
      '::error file=/etc/docker/daemon.json,line=2,col=3,title=unknown-key::"debgu" is not a key of dockerd. Try: write debug\n',
    );
    const sarif = await root.run('config', 'validate', '--format', 'sarif', '--engine', '26');
    expect(JSON.parse(sarif.stdout)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'unknown-key', level: 'error' }] }],
    });
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
