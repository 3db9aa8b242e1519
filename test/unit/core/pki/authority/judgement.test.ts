import { describe, expect, test } from '@jest/globals';
import { judge, judgeExpiry } from '../../../../../src/core/pki/authority/judgement.js';
import { readCertificate } from '../../../../../src/core/pki/x509/read-certificate.js';
import { inDays, makeLeaf, makeSigner, NOW } from '../../../../support/authority.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { derOf, issue, server, type Wish } from '../../../../support/openssl.js';

const signer = await makeSigner();
const { certificate: leaf } = await makeLeaf(signer);
const folder = temporaryFolder();
const byOpenssl = (wish: Wish) => readCertificate(derOf(issue(folder, wish).cert), 'x');
/** One of the faults that strict clients look for in each. */
const FAULTY = {
  'certificate-no-names': byOpenssl({ cn: 'reg.test', extensions: ['basicConstraints=CA:FALSE'] }),
  'certificate-address-as-domain': byOpenssl({ cn: 'x', extensions: server('DNS:192.0.2.1') }),
  'certificate-too-long': byOpenssl({ cn: 'x', extensions: server('DNS:a.test'), until: 900 }),
  'certificate-key-usage': byOpenssl({
    ...{ cn: 'x', extensions: [...server('DNS:a.test'), 'keyUsage=keyEncipherment'] },
  }),
};

describe('what is held against a certificate', () => {
  test('nothing against our own, in its time', () => {
    for (const certificate of [signer.certificate, leaf])
      expect(judge(certificate, { subject: 'x', now: NOW })).toEqual([]);
  });

  test.each(Object.entries(FAULTY))('%s', (code, certificate) => {
    const findings = judge(certificate, { subject: 'x', path: '/x.crt', now: Date.now() });
    const found = findings.find((one) => one.code === code);
    expect(found).toMatchObject({ subject: 'x', path: '/x.crt' });
    expect(found?.message).toMatch(/[^.]\.$/);
  });

  test.each([
    ['certificate-expired', inDays(398)],
    ['certificate-not-yet-valid', inDays(-1)],
  ])('its time: %s', (code, now) => {
    expect(judge(leaf, { subject: 'x', now })).toMatchObject([{ code, severity: 'error' }]);
  });
});

describe('what is about to expire', () => {
  const DAY = 86_400_000;
  const soon = (left: number, certificate = leaf) =>
    judgeExpiry(certificate, {
      ...{ subject: 'reg', now: certificate.notAfter - left, withinMs: 30 * DAY },
    });

  test('within the days that were asked for, both ends included', () => {
    expect([soon(30 * DAY), soon(0)].map((findings) => findings.length)).toEqual([1, 1]);
    expect([soon(30 * DAY + 1), soon(-1)]).toEqual([[], []]);
  });

  test('says when, in whole days, and what to type', () => {
    expect(soon(2 * DAY - 1)).toMatchObject([
      {
        ...{ code: 'certificate-expires-soon', severity: 'warning', subject: 'reg' },
        message: expect.stringMatching(/^it expires on \d{4}-\d\d-\d\d, in 1 day\.$/),
        hint: 'dockerctl certs renew reg',
      },
    ]);
    expect(soon(DAY, signer.certificate)[0]?.hint).toContain('certs init --force');
  });
});
