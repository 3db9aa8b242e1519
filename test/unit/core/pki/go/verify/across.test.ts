import { expect, test } from '@jest/globals';
import { GENERATIONS, rulesOf } from '../../../../../../src/core/pki/go/rules/generation.js';
import type { Refusal } from '../../../../../../src/core/pki/go/rules/refusal.js';
import { acrossEngines } from '../../../../../../src/core/pki/go/verify/across.js';

const engines = GENERATIONS.map((generation) => rulesOf(generation));
const expired: Refusal = { code: 'expired', detail: 'it ended' };
const large: Refusal = { code: 'rsa-too-large', detail: '16384 bits' };

test('where all accept there is nothing to say', () => {
  expect(acrossEngines(engines, () => [])).toEqual([]);
});

test('what all refuse is said once, and of nobody', () => {
  expect(acrossEngines(engines, () => [expired])).toEqual([{ ...expired, onlyBy: null }]);
});

test('where some accept, those that refuse are named', () => {
  const ask = ({ generation }: { readonly generation: string }) =>
    generation === '1.19' ? [] : [large];
  expect(acrossEngines(engines, ask)).toEqual([{ ...large, onlyBy: ['Go 1.24', 'Go 1.27'] }]);
});

test('different reasons are all kept, the details of one code too', () => {
  const ask = ({ generation }: { readonly generation: string }): Refusal[] => [
    generation === '1.19' ? expired : { ...expired, detail: 'otherwise' },
  ];
  expect(acrossEngines(engines, ask).map(({ detail }) => detail)).toEqual([
    'it ended',
    'otherwise',
  ]);
});
