import { describe, expect, test } from '@jest/globals';
import {
  diagnoseRedirects,
  diagnoseToken,
} from '../../../../../src/core/trust/diagnosis/diagnose-elsewhere.js';
import type { TokenFacts } from '../../../../../src/core/trust/diagnosis/facts.js';
import type { Trust } from '../../../../../src/core/trust/diagnosis/judge-chain.js';
import { readRoots } from '../../../../../src/core/trust/diagnosis/roots.js';
import * as make from '../../../../support/chains/certificate.js';
import { pem } from '../../../../support/chains/der.js';
import { HOST, only, root } from '../../../../support/chains/judged.js';
import { probed, shown } from '../../../../support/probe-facts.js';

const AUTH = 'auth.test';
const server = (parts: Partial<TokenFacts> = {}): TokenFacts => ({
  ...{ name: AUTH, host: AUTH, scheme: 'https' },
  tls: shown(only(make.dns(AUTH))),
  ...parts,
});
const ROOTS = readRoots([pem(root())]);
const NONE = readRoots([]);
const trusting = (parts: Partial<Trust> = {}): Trust => ({
  ...{ roots: ROOTS, installed: [] },
  ...parts,
});
const token = (parts: Partial<TokenFacts> | null, trust = trusting()) =>
  diagnoseToken(probed({ token: parts === null ? null : server(parts) }), trust);

describe('the token server', () => {
  test('is trusted as the registry is, or there is none', () => {
    expect(token({})).toEqual([]);
    expect(token(null)).toEqual([]);
  });

  test('over http gets passwords that everybody can read', () => {
    expect(token({ scheme: 'http', tls: null })).toMatchObject([
      { code: 'token-over-http', severity: 'warning', subject: HOST },
    ]);
  });

  test('of another authority is told for the registry, with what makes both trusted', () => {
    expect(token({}, trusting({ roots: NONE }))).toMatchObject([
      {
        ...{ code: 'token-registry-unknown-authority', severity: 'error', subject: HOST },
        message: expect.stringMatching(
          /^it sends clients for a token to another server, auth\.test/,
        ),
        hint: expect.stringContaining(`dockerctl trust add-ca FILE with the CA of ${AUTH}`),
      },
    ]);
  });

  test('is asked by the roots of the system where dockerd does so', () => {
    expect(token({}, trusting({ tokenRoots: NONE }))).toMatchObject([
      {
        code: 'token-registry-unknown-authority',
        hint: expect.stringContaining(`add-registry ${HOST} --ca FILE --to docker,system`),
      },
    ]);
    expect(token({}, trusting({ roots: NONE, tokenRoots: ROOTS }))).toEqual([]);
  });

  test('that is not reached is told as such', () => {
    expect(token({ tls: { code: 'ECONNREFUSED', message: 'x' } })).toMatchObject([
      { code: 'token-registry-refused', subject: HOST },
    ]);
    const name = `${AUTH}:7999`;
    expect(token({ name, tls: { code: 'ECONNREFUSED', message: 'x' } })).toMatchObject([
      { message: expect.stringContaining('nothing listens on port 7999') },
    ]);
  });
});

test('a server that GET /v2/ is redirected to is judged by the same trust', () => {
  const redirected = (trust: Trust) => diagnoseRedirects(probed({ redirects: [server()] }), trust);
  expect(redirected(trusting())).toEqual([]);
  expect(redirected(trusting({ roots: NONE }))).toMatchObject([
    { code: 'redirect-registry-unknown-authority', subject: HOST },
  ]);
});
