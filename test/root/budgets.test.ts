import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

/** Its quick form judges memory, exit 70, and that every command ends; times it only tells. */
test(
  'what looks stays within its memory beside a lying engine and on a large machine, and ends',
  () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['bench/budgets.mjs', '--quick'],
      {
        encoding: 'utf8',
      },
    );
    expect(
      `${stdout}${stderr}`.split('\n').filter((line) => /TOO MUCH|could not/.test(line)),
    ).toEqual([]);
    expect(status).toBe(0);
  },
  20 * 60_000,
);
