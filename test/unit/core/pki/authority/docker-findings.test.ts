import { describe, expect, test } from '@jest/globals';
import {
  certificateFindings,
  chainFindings,
  refusalSentence,
  withChain,
} from '../../../../../src/core/pki/authority/docker-findings.js';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import { readCertificate } from '../../../../../src/core/pki/x509/read-certificate.js';
import * as make from '../../../../support/chains/certificate.js';
import { also } from '../../../../support/chains/judged.js';
import { inDays, makeLeaf, makeSigner, NOW } from '../../../../support/authority.js';

const signer = await makeSigner();
const { certificate: leaf } = await makeLeaf(signer, { domains: ['reg.test'] });
const other = await makeSigner({ subject: [['CN', 'Other']] });
const judged = (given: Partial<Parameters<typeof chainFindings>[0]> = {}) =>
  chainFindings({
    ...{ leaf, others: [], anchors: [signer.certificate], host: 'reg.test', now: NOW },
    ...{ subject: 'reg.crt', ...given },
  });
const codes = (findings: readonly Finding[]) =>
  findings.map(({ code, severity }) => `${severity} ${code}`);

describe('what keeps docker from a chain', () => {
  test('nothing, where the authority is trusted and the name is in it', () => {
    expect(judged()).toEqual([]);
    expect(judged({ host: null })).toEqual([]);
  });

  test('another name', () => {
    expect(judged({ host: 'other.test' })).toMatchObject([
      { code: 'certificate-name-mismatch', severity: 'error', subject: 'reg.crt' },
    ]);
  });

  test('another authority: the hint is about files', () => {
    const [finding] = judged({ anchors: [other.certificate] });
    expect(finding).toMatchObject({ code: 'certificate-unknown-authority', severity: 'error' });
    expect(finding?.hint).toMatch(/^--ca FILE/);
  });

  test('its time', () => {
    expect(codes(judged({ now: inDays(400) }))).toEqual(['error certificate-expired']);
  });
});

/** Go 1.23 and later refuse what Go 1.19 takes: crypto/x509/parser.go, processExtensions. */
test('what only some dockers refuse is a warning, and says which', () => {
  const certificate = readCertificate(also(make.authorityKeyId(Buffer.of(1), true)), 'x');
  const [finding, ...more] = certificateFindings(certificate, { subject: 'x', path: '/x.crt' });
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    ...{ code: 'certificate-extension-wrongly-critical', severity: 'warning', path: '/x.crt' },
    message: expect.stringMatching(/^docker built with Go 1\.24 or .*refuses it, for /),
  });
  expect(certificateFindings(leaf, { subject: 'x' })).toEqual([]);
});

test('each fault is said once, whoever found it', () => {
  const finding = (code: string): Finding => ({
    ...{ code, severity: 'error', subject: 'x', message: code, hint: '' },
  });
  const joined = withChain(
    [finding('certificate-sha1'), finding('certificate-expired')],
    ['certificate-weak-signature', 'certificate-expired', 'certificate-name-mismatch'].map(finding),
  );
  expect(joined.map(({ code }) => code)).toEqual([
    'certificate-sha1',
    'certificate-expired',
    'certificate-name-mismatch',
  ]);
});

test('in an error it is half a sentence', () => {
  const refusal = { code: 'expired', detail: 'it expired', onlyBy: null } as const;
  expect(refusalSentence(refusal)).toMatch(/^docker refuses it, for /);
  expect(refusalSentence({ ...refusal, onlyBy: ['Go 1.24'] })).toMatch(
    /^docker built with Go 1\.24 /,
  );
});
