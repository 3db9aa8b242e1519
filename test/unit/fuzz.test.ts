import { beforeAll, describe, expect, test } from '@jest/globals';
import { NOUNS, SINGLE_COMMANDS } from '../../src/cli/catalogue.js';
import { fuzz } from '../fuzz/fuzz.js';
import { TARGETS } from '../fuzz/targets.js';

/** Another one is tried by hand: `npm run fuzz -- --seed N --runs 1000000`. */
const SEED = 20261121;
const INPUTS = 2000;

// jest's loader stumbles over modules that are imported in the middle of other work.
beforeAll(async () => {
  for (const { verbs } of Object.values(NOUNS))
    for (const load of Object.values(verbs)) await load();
  for (const { load } of Object.values(SINGLE_COMMANDS)) await load();
  for (const late of ['help/help', 'help/reference', 'help/man-page', 'completion'])
    await import(`../../src/cli/${late}.js`);
});

describe(`inputs made from seed ${SEED}`, () => {
  test.each(TARGETS)('$name: read, or refused in our words', async (target) => {
    const to = target.slow === true ? INPUTS / 10 : INPUTS;
    const { failures } = await fuzz(target, { seed: SEED, from: 0, to, limitMs: 5000 });
    expect(failures).toEqual([]);
  });
});
