import { expect, test } from '@jest/globals';
import { withCertificateLines } from '../../../../src/core/plan/certificate-lines.js';
import { createPlan } from '../../../../src/core/plan/plan.js';
import { planDiff } from '../../../../src/core/plan/plan-text.js';
import { toPem } from '../../../../src/core/pki/keys/pem.js';
import { makeSigner } from '../../../support/authority.js';

const pem = async () => toPem('CERTIFICATE', (await makeSigner()).certificate.der);

test('a certificate is a line with subject, end and fingerprint', async () => {
  const line = withCertificateLines(`# mine\n${await pem()}`);
  expect(line).toMatch(/^# mine\n# CA CN=Test Root, until 2036-11-18, SHA-256 ([0-9A-F]{2}:){31}/);
  expect(line).not.toContain('-----');
});

test('several are counted', async () => {
  const one = await pem();
  expect(withCertificateLines(one + one)).toMatch(/^# 2 certificates\n# CA .*\n# CA /);
});

test('what cannot be read as one is said to be so', () => {
  expect(
    withCertificateLines('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
  ).toBe('# a certificate that cannot be read\n');
});

test('a dry run never shows PEM', async () => {
  const change = {
    path: '/etc/docker/certs.d/r/ca.crt',
    before: null,
    after: { content: { text: await pem() }, mode: 0o644, uid: 0, gid: 0 },
  };
  const diff = planDiff(createPlan('t', { changes: [change] }));
  expect(diff).toContain('+# CA CN=');
  expect(diff).not.toContain('-----BEGIN');
});
