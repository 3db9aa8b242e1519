import { describe, expect, test } from '@jest/globals';
import { diagnose } from '../../../../../src/core/trust/diagnosis/diagnose.js';
import type { ProbeFacts } from '../../../../../src/core/trust/diagnosis/facts.js';
import type { Trust } from '../../../../../src/core/trust/diagnosis/judge-chain.js';
import { readRoots } from '../../../../../src/core/trust/diagnosis/roots.js';
import { pem } from '../../../../support/chains/der.js';
import { HOST, leaf, root } from '../../../../support/chains/judged.js';
import { answered, probed, shown } from '../../../../support/probe-facts.js';

const ROOTS = readRoots([pem(root())]);
const NOBODY: Partial<Trust> = { roots: readRoots([]) };
const told = (parts: Partial<ProbeFacts>, trust: Partial<Trust> = {}) =>
  diagnose(probed(parts), { roots: ROOTS, installed: [], ...trust }).map(
    ({ severity, code, hint }) => `${severity} ${code} -> ${hint}`,
  );
const failure = (code: string) => ({ code, message: 'words' });

test('a registry that dockerd can use has no finding', () => {
  expect(told({})).toEqual([]);
});

describe('the first step that fails is told, and none behind it', () => {
  test('its name, its port, its certificate', () => {
    expect(told({ resolved: failure('ENOTFOUND') })).toHaveLength(1);
    expect(told({ tls: failure('ECONNREFUSED') })[0]).toMatch(/^error registry-refused/);
    const both = { tls: shown(leaf()), answer: answered({ status: 502 }) };
    expect(told(both, NOBODY)).toEqual([
      expect.stringMatching(/^error registry-unknown-authority/),
    ]);
    expect(told(both)).toEqual([expect.stringMatching(/^error registry-broken/)]);
  });

  test('another port that answers is named', () => {
    expect(told({ tls: failure('ECONNREFUSED'), otherPorts: [5000] })).toEqual([
      `error registry-wrong-port -> if that is the registry, its name is ${HOST}:5000: \`dockerctl trust verify ${HOST}:5000\``,
    ]);
  });

  test('one that speaks http is asked for a certificate', () => {
    const [said, ...more] = told({ tls: failure('EPROTO'), plain: answered() });
    expect(more).toEqual([]);
    expect(said).toMatch(/^error registry-speaks-http -> give the server a certificate \(`/);
    expect(said).toContain(`\`dockerctl insecure add ${HOST}\``);
  });
});

test('a certificate of our own authority needs its root alone', () => {
  expect(told({}, { ...NOBODY, own: ROOTS })).toEqual([
    `error registry-unknown-authority -> dockerctl trust add-registry ${HOST}`,
  ]);
});

test('an insecure registry is not judged by its certificate', () => {
  expect(told({ insecure: true }, NOBODY)).toEqual([
    `info registry-insecure -> dockerctl trust migrate ${HOST}`,
  ]);
});

describe('after the handshake', () => {
  test('a server that closes on our client certificate does not take it', () => {
    const closed = { answer: failure('ECONNRESET') };
    expect(told({ ...closed, hasClient: true })[0]).toMatch(
      /^error registry-client-certificate-refused/,
    );
    expect(told(closed)[0]).toMatch(/^error registry-closed/);
  });

  test('what OpenSSL alone has against it is no error', () => {
    expect(told({ answer: failure('ERR_SOMETHING_NEW') })[0]).toMatch(
      /^warning registry-tls-failed/,
    );
  });
});
