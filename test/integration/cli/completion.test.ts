import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { dockerctl } from '../../support/program.js';

describe('bash completion', () => {
  test.each([
    [['dockerctl', 'mir'], ['mirrors']],
    [['dockerctl', 'mirrors', 'c'], ['clear']],
    [['dockerctl', 'mirrors', 'set', '--dry'], ['--dry-run']],
    [['dockerctl', 'config', 'set', 'log-dr'], ['log-driver']],
    [['dockerctl', 'config', 'set', 'log-driver', 'jo'], ['journald']],
    [['dockerctl', 'config', 'unset', 'registry-m'], ['registry-mirrors']],
    [
      ['dockerctl', 'config', 'set', 'live-restore', ''],
      ['true', 'false'],
    ],
    [['dockerctl', 'config', 'set', '--dry'], ['--dry-run']],
    [
      ['dockerctl', '--json', 'cgroup', 's'],
      ['show', 'set'],
    ],
  ])('%j offers %j', async (words, offered) => {
    const { stdout: script } = await dockerctl('completion', 'bash');
    const line = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _dockerctl; echo "\${COMPREPLY[@]}"`;
    const printed = execFileSync('bash', ['-c', `${script}\n${line}`], { encoding: 'utf8' });
    expect(printed.trim().split(' ')).toEqual(offered);
  });
});

test('a shell that is not known is refused with those that are', async () => {
  expect(await dockerctl('completion', 'tcsh')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('bash, zsh, fish'),
  });
});
