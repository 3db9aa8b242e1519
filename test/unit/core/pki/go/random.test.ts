import { expect, test } from '@jest/globals';
import { GENERATIONS, rulesOf } from '../../../../../src/core/pki/go/rules/generation.js';
import { poolOfPem } from '../../../../../src/core/pki/go/verify/pool.js';
import { verifyAsGo } from '../../../../../src/core/pki/go/verify/verify.js';
import { KINDS, randomChains } from '../../../../support/chains/random-chains.js';
import { randomOf } from '../../../../support/chains/random.js';

const COUNT = 40;

// What Go says of such chains is asked nightly.
test.each(KINDS)('every random chain gets a verdict: %s', (kind) => {
  for (const { ca, chain, host } of randomChains(kind, COUNT, randomOf(7)))
    for (const generation of GENERATIONS) {
      const rules = rulesOf(generation);
      const trusted = poolOfPem([ca], rules);
      const { refusals } = verifyAsGo({ chain, trusted, host, now: Date.now(), rules });
      for (const { code, detail } of refusals) expect([code, detail]).not.toContain('');
    }
});
