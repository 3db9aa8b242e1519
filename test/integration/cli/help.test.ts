import { describe, expect, test } from '@jest/globals';
import { NOUNS } from '../../../src/cli/catalogue.js';
import { dockerctl } from '../../support/program.js';

describe('help', () => {
  test('of dockerctl fits 80 columns and 24 lines', async () => {
    const { stdout } = await dockerctl('--help');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => line.length > 85)).toEqual([]);
  });

  test('of a command shows its own options, and names the page of those of every command', async () => {
    const { stdout } = await dockerctl('trust', 'add-registry', '--help');
    expect(stdout).toContain('      --ca FILE             CA certificate');
    expect(stdout).not.toContain('--lock-timeout');
    expect(stdout).toContain('dockerctl help options');
    expect((await dockerctl('help', 'options')).stdout).toContain('--lock-timeout SECONDS');
  });

  test.each([
    [
      ['status', 'help'],
      ['status', '--help'],
    ],
    [
      ['help', 'trust', 'list'],
      ['trust', 'list', '--help'],
    ],
    [
      ['trust', 'help'],
      ['trust', '--help'],
    ],
    [['help'], ['--help']],
    [['-v'], ['--version']],
  ])('%j is %j', async (words, same) => {
    expect(await dockerctl(...words)).toEqual({ ...(await dockerctl(...same)), status: 0 });
  });

  test('help --all is the help of every command', async () => {
    const { stdout } = await dockerctl('help', '--all');
    const named = Object.entries(NOUNS).flatMap(([noun, { verbs }]) =>
      Object.keys(verbs).map((verb) => `Usage: dockerctl ${noun} ${verb}`),
    );
    expect(named.filter((line) => !stdout.includes(line))).toEqual([]);
  });

  test.each([
    ['trsut', 'dockerctl trust --help'],
    ['trsut list', 'dockerctl trust list --help'],
    ['trsut ls', 'dockerctl trust list --help'],
    ['conifg set debug', 'dockerctl config set --help'],
    ['trsut nosuchverb', 'dockerctl trust --help'],
    ['zebra list', 'dockerctl --help'],
    ['logs', 'dockerctl daemon logs --help'],
    ['rollback', 'dockerctl config rollback --help'],
    ['history', 'dockerctl config history --help'],
    ['trust ls', 'dockerctl trust list --help'],
    ['trust add-regsitry', 'dockerctl trust add-registry --help'],
    ['trust rm', 'dockerctl trust remove-registry --help'],
    ['trust add', 'dockerctl trust add-registry --help'],
    ['undo', 'dockerctl config rollback --help'],
    ['registry', 'dockerctl trust --help'],
    ['remove', 'dockerctl trust remove-registry --help'],
    ['config ls', 'dockerctl config show --help'],
    ['fix', 'dockerctl doctor --help'],
    ['zebra', 'dockerctl --help'],
  ])('%s: Try: %s, which works', async (line, hint) => {
    const { status, stderr } = await dockerctl(...line.split(' '));
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining(`Try: ${hint}\n`),
    });
    expect((await dockerctl(...hint.split(' ').slice(1))).status).toBe(0);
  });
});

describe('man pages', () => {
  test.each(['dockerctl', ...Object.keys(NOUNS)])(
    'of %s: every line is text or a request of man(7)',
    async (noun) => {
      const { stdout } = await dockerctl('help', ...(noun === 'dockerctl' ? [] : [noun]), '--man');
      expect(stdout).toContain('.SH SYNOPSIS');
      const requests = stdout.split('\n').filter((line) => /^[.']/.test(line));
      expect(
        requests.filter((line) => !/^\.(?:TH|SH|SS|TP|PP|EX|EE|B|br)(?: |$)/.test(line)),
      ).toEqual([]);
    },
  );
});
