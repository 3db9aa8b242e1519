import { describe, expect, test } from '@jest/globals';
import type { ConsumerName } from '../../../../../src/core/trust/contributions/consumer.js';
import type { EngineWord } from '../../../../../src/core/trust/diagnosis/engine-word.js';
import { unaskable, weighConsumer } from '../../../../../src/core/trust/proof/weigh-consumer.js';

const weigh = (word: EngineWord, consumer: ConsumerName = 'podman', doubt = false) => {
  const asked = { registry: 'r.corp', consumer, by: 'skopeo', doubt };
  const { proof, findings } = weighConsumer(asked, word);
  return [
    proof.proved,
    ...findings.map(({ severity, code, hint }) => `${severity} ${code} -> ${hint}`),
  ];
};
const ADD = 'dockerctl trust add-registry r.corp --ca FILE --to podman';
const resolves = (sure: boolean): EngineWord => ({ kind: 'resolves', sure, says: 'x' });
const refuses = (cause: 'trust' | 'network' | 'answer'): EngineWord => ({
  ...{ kind: 'refuses', says: 'x' },
  cause,
});

describe('the word of a consumer', () => {
  test('that gets through proves it, unless it is a bare "not found" of what is no registry', () => {
    expect(weigh(resolves(true))).toEqual([true]);
    expect(weigh(resolves(false))).toEqual([true]);
    expect(weigh(resolves(false), 'podman', true)).toEqual([false]);
    expect(weigh(resolves(true), 'podman', true)).toEqual([true]);
  });

  test('that refuses is an error; a registry that is not reached disproves nothing', () => {
    expect(weigh(refuses('trust'))).toEqual([false, `error consumer-refuses -> ${ADD}`]);
    expect(weigh(refuses('answer'))).toEqual([false, `error consumer-refuses -> ${ADD}`]);
    expect(weigh(refuses('network'))).toEqual([false, `warning consumer-not-proved -> ${ADD}`]);
  });

  test('that nobody could ask for proves nothing', () => {
    expect(weigh({ kind: 'none', why: 'no skopeo' })).toEqual([
      false,
      `info consumer-not-proved -> ${ADD}`,
    ]);
    expect(weigh(unaskable('buildkit'), 'buildkit')).toEqual([
      false,
      'info consumer-not-proved -> once no build runs: `systemctl restart buildkit`, then build from an image of it',
    ]);
    expect(unaskable('k3s')).toMatchObject({ kind: 'none', why: expect.stringMatching(/^k3s /) });
  });
});
