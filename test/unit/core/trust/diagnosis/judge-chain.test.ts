import { describe, expect, test } from '@jest/globals';
import { judgeChain, type Trust } from '../../../../../src/core/trust/diagnosis/judge-chain.js';
import { joinRoots, readRoots } from '../../../../../src/core/trust/diagnosis/roots.js';
import { cn, pem } from '../../../../support/chains/der.js';
import { deepLeaf, HOST, leaf, middle, root } from '../../../../support/chains/judged.js';

const trusting = (parts: Partial<Trust> = {}): Trust => ({
  roots: readRoots([pem(root())]),
  installed: [],
  ...parts,
});
const judged = (chain: readonly Buffer[], trust = trusting()) =>
  judgeChain({ chain, host: HOST, now: Date.now() }, trust);
const NOBODY = trusting({ roots: readRoots([]) });

test('a chain that every dockerd accepts has nothing to say', () => {
  expect(judged([leaf()])).toEqual([]);
  expect(judged([deepLeaf(), middle()])).toEqual([]);
});

test('the roots of the system and of the registry count together, and what is none is passed over', () => {
  const roots = joinRoots(readRoots(['garbage', pem(root())]), readRoots([]));
  expect(judged([leaf()], trusting({ roots }))).toEqual([]);
});

describe('why the path ends where it does', () => {
  test('in nobody that is trusted', () => {
    expect(judged([leaf()], NOBODY)).toMatchObject([{ code: 'unknown-authority', onlyBy: null }]);
  });

  test('in another authority than was installed, or below one that is not sent', () => {
    const installed = { ...NOBODY, installed: ['CN=Old'] };
    expect(judged([leaf(), root()], installed)).toMatchObject([
      { code: 'unknown-authority', detail: expect.stringContaining('trusted is CN=Old') },
    ]);
    expect(judged([deepLeaf()], installed)).toMatchObject([{ code: 'intermediate-missing' }]);
  });

  test('in a proxy that opens TLS on the way', () => {
    const opened = leaf({ issuer: cn('Zscaler Intermediate Root CA') });
    expect(judged([opened], NOBODY)).toMatchObject([
      { code: 'proxy-in-between', detail: expect.stringContaining('Zscaler') },
    ]);
  });
});
