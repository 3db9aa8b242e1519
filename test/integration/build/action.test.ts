import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { temporaryFolder } from '../../support/node-host.js';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
interface Step {
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;
let repository: string;
beforeEach(() => {
  repository = temporaryFolder();
});

/** The step that validates, as a runner of GitHub starts it: bash, expressions filled in, in the repository. */
function validate(inputs: Readonly<Record<string, string>>) {
  const [, step] = action.runs.steps;
  const filled = Object.entries(step?.env ?? {}).map(([name, expression]) => {
    const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? '';
    return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
  });
  return spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step?.run ?? ''],
    {
      cwd: repository,
      env: {
        PATH: process.env.PATH,
        GITHUB_ACTION_PATH: process.cwd(),
        ...(Object.fromEntries(filled) as Record<string, string>),
      },
      encoding: 'utf8',
    },
  );
}

test('a file with which dockerd would not start is told at its line', () => {
  writeFileSync(join(repository, 'daemon.json'), '{\n  "debug": "yes"\n}\n');
  const { status, stdout } = validate({ engine: '28.5' });
  expect({ status, stdout }).toEqual({
    status: 1,
    stdout: expect.stringMatching(/^::error file=daemon\.json,line=2,col=\d+,title=wrong-type::/),
  });
});

test('several files, one a line, with the flags of the machines that they are for', () => {
  writeFileSync(join(repository, 'good.json'), '{"debug": true}\n');
  writeFileSync(join(repository, 'twice.json'), '{"hosts": ["fd://"]}\n');
  const { status, stdout } = validate({
    files: 'good.json\ntwice.json',
    engine: '28.5',
    'unit-flags': '-H fd://',
  });
  expect(status).toBe(1);
  expect(stdout).toContain('::error file=twice.json');
  expect(stdout).not.toContain('good.json');
});

test('no input is code', () => {
  writeFileSync(join(repository, 'daemon.json'), '{}\n');
  const { status } = validate({ engine: '28.5', files: 'daemon.json\n$(touch pwned)' });
  expect(status).not.toBe(0);
  expect(spawnSync('ls', { cwd: repository, encoding: 'utf8' }).stdout).toBe('daemon.json\n');
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
});

test('only a strict one fails for what the machine must have', () => {
  writeFileSync(
    join(repository, 'daemon.json'),
    '{"seccomp-profile": "/etc/docker/seccomp.json"}\n',
  );
  expect(validate({ engine: '26.1' }).status).toBe(0);
  expect(validate({ engine: '26.1', strict: 'true' }).status).toBe(1);
});
