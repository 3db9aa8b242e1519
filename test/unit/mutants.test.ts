import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { MUTANTS } from '../mutants/mutants.mjs';

test.each(MUTANTS)(
  '$file has one place for the defect "$defect", and its test is there',
  (mutant) => {
    const { file, find, test: path } = mutant;
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
    expect(existsSync(`test/${path}`)).toBe(true);
  },
);
