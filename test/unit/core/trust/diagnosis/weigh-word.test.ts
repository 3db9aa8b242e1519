import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import type { EngineWord } from '../../../../../src/core/trust/diagnosis/engine-word.js';
import { doubtsTheAnswer, weighWord } from '../../../../../src/core/trust/diagnosis/weigh-word.js';

describe('our diagnosis and the word of dockerd', () => {
  const error = (code: string): Finding => ({
    code,
    severity: 'error',
    subject: 'r',
    message: 'bad',
    hint: 'mend it',
  });
  const weigh = (code: string, word: EngineWord) => {
    const { findings, proved } = weighWord('r', [error(code)], { word, store: null });
    return { found: findings.map((one) => `${one.severity} ${one.code}`), proved };
  };
  const sure: EngineWord = { kind: 'resolves', sure: true, says: '' };
  const reached: EngineWord = { kind: 'resolves', sure: false, says: '' };

  test('what it gets through to is no error, and the difference is shown', () => {
    expect(weigh('registry-self-signed', reached)).toEqual({
      found: ['warning registry-self-signed'],
      proved: true,
    });
    expect(
      weighWord('r', [error('registry-expired')], { word: sure, store: null }).findings[0]?.message,
    ).toMatch(/dockerd itself gets through, though by our own check: bad/);
  });

  test('a web server that says 404 is no registry by that', () => {
    expect(weigh('registry-not-a-registry', reached)).toMatchObject({ proved: false });
    expect(weigh('registry-not-a-registry', sure)).toMatchObject({ proved: true });
  });

  test('where a hosts.toml sends it to others, that is what must be corrected', () => {
    const refuses = { kind: 'refuses', cause: 'network', says: 'connection refused' } as const;
    const note = { ...error('registry-by-hosts-toml'), severity: 'info' as const };
    const refused = weighWord('r', [note], { word: refuses, store: null }).findings.at(-1);
    expect(refused?.hint).toMatch(/mirrors clear --for r/);
  });

  test('a restart is the answer where the system’s certificates are younger than dockerd', () => {
    const says = 'x509: certificate signed by unknown authority';
    const word = { kind: 'refuses', cause: 'trust', says } as const;
    const store = { path: '/bundle', changedAt: 2_000_000, startedAt: 1_000_000 };
    const [alone] = weighWord('r', [], { word, store }).findings;
    expect(alone).toMatchObject({
      code: 'registry-store-not-loaded',
      severity: 'error',
      hint: 'dockerctl daemon restart',
    });
    const codes = weighWord('r', [error('registry-unknown-authority')], { word, store }).findings;
    expect(codes.map(({ code }) => code)).toEqual([
      'registry-unknown-authority',
      'registry-engine-refuses',
    ]);
    const expired = { ...word, says: 'x509: certificate has expired' };
    expect(weighWord('r', [], { word: expired, store }).findings[0]?.hint).not.toMatch(/restart/);
  });

  test('what it refuses is an error whatever we found, and unproved without it', () => {
    const refuses = { kind: 'refuses', cause: 'trust', says: 'x509: unknown authority' } as const;
    const { findings, proved } = weighWord('r', [], { word: refuses, store: null });
    expect(findings[0]).toMatchObject({ code: 'registry-engine-refuses', severity: 'error' });
    expect(findings[0]?.message).toMatch(/our own check finds nothing/);
    expect(findings[0]?.hint).not.toMatch(/daemon restart/);
    expect(proved).toBe(false);
    expect(
      weighWord('r', [], { word: { kind: 'none', why: 'no dockerd' }, store: null }),
    ).toMatchObject({
      proved: false,
      findings: [{ code: 'registry-not-proved', severity: 'info' }],
    });
  });

  test.each([
    [undefined, '`dockerctl trust verify r --require-proof` once dockerd runs'],
    ['closed', 'sudo dockerctl trust verify r --require-proof'],
    ['late', 'dockerctl trust verify r --require-proof --timeout 60s'],
    ['spared', 'as the other findings of r say'],
    ['unclear', 'see what it says to the same pull: `docker pull r/no-such-image`'],
  ] as const)('without its word (%s) it says what gets that', (cause, hint) => {
    const word = { kind: 'none', why: 'why', ...(cause && { cause }) } as const;
    expect(weighWord('r', [], { word, store: null }).findings).toMatchObject([{ hint }]);
  });
});

test('our own check may say that what answers is no registry', () => {
  const finding = (code: string, severity: 'error' | 'warning') =>
    doubtsTheAnswer([{ code, severity, subject: 'r', message: 'm', hint: 'h' }]);
  expect(finding('registry-not-a-registry', 'error')).toBe(true);
  expect(finding('registry-not-a-registry', 'warning')).toBe(false);
  expect(finding('registry-expired', 'error')).toBe(false);
  expect(doubtsTheAnswer([])).toBe(false);
});
