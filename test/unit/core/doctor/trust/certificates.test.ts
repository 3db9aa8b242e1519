import { expect, test } from '@jest/globals';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import { examine } from '../../../../../src/core/doctor/families.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';
import { temporaryFolder } from '../../../../support/node-host.js';
import { issue, server } from '../../../../support/openssl.js';

const CERT = '/etc/docker/tls/server.pem';
const YEARS_MS = 20 * 365 * 24 * 60 * 60 * 1000;

test.each([
  ['a key of the file', { tlscert: CERT }, []],
  ['a flag', {}, [`--tlscert=${CERT}`]],
])('the certificate of dockerd, named by %s, is found when it has expired', (_, config, flags) => {
  const { cert } = issue(temporaryFolder(), { cn: 'dockerd', extensions: server('DNS:dockerd') });
  const said = (now: number) =>
    examine(
      doctorFacts({
        files: { [CERT]: cert, '/etc/docker/daemon.json': JSON.stringify(config) },
        observed: { argv: ['/usr/sbin/dockerd', '-H', 'fd://', ...flags] },
        facts: { now },
      }),
    )
      .flatMap(({ findings }) => findings)
      .filter(({ code }) => code === 'daemon-certificate-expired');
  expect(said(Date.now())).toEqual([]);
  expect(said(Date.now() + YEARS_MS)).toMatchObject([
    {
      severity: 'error',
      path: CERT,
      hint: 'put a new one from CN=dockerd there, and: `dockerctl daemon restart`',
    },
  ]);
});

test('one of ours is renewed by us, and one file is told of once', () => {
  const { cert } = issue(temporaryFolder(), { cn: 'dockerd', extensions: server('DNS:dockerd') });
  const config = { tlscacert: CERT, tlscert: CERT };
  const due: Finding = {
    code: 'certificate-expired',
    severity: 'error',
    subject: 'dockerd',
    message: 'it has expired',
    hint: 'dockerctl certs renew NAME',
  };
  const found = examine(
    doctorFacts({
      files: { [CERT]: cert, '/etc/docker/daemon.json': JSON.stringify(config) },
      observed: { argv: ['/usr/sbin/dockerd', '-H', 'fd://'] },
      facts: { now: Date.now() + YEARS_MS, certificates: [due] },
    }),
  ).flatMap(({ findings }) => findings);
  expect(found.filter(({ code }) => code === 'daemon-certificate-expired')).toMatchObject([
    { hint: 'dockerctl certs renew --due' },
  ]);
});
