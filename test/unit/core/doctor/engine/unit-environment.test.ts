import { expect, test } from '@jest/globals';
import { stoppedByVariables } from '../../../../../src/core/doctor/engine/unit-environment.js';
import { examine } from '../../../../../src/core/doctor/families.js';
import { NO_WITNESSES } from '../../../../../src/core/dockerd/observed/witnesses.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';

const source = '/etc/systemd/system/docker.service.d/e.conf';
const codes = (name: string, value: string, version = '28.5.2') =>
  examine(
    doctorFacts({
      observed: {
        version,
        state: 'failed',
        info: null,
        witnesses: { ...NO_WITNESSES, startEnvironment: new Map([[name, { value, source }]]) },
      },
    }),
  )
    .flatMap(({ findings }) => findings)
    .map(({ code, subject, path }) => [code, subject, path]);

test.each([
  ['DOCKER_DRIVER', 'aufs', '28.5.2'],
  ['DOCKER_MIN_API_VERSION', '1.99', '28.5.2'],
  ['DOCKER_MIN_API_VERSION', 'new', '26.1.5'],
])('%s=%s stops dockerd %s, with its place', (name, value, version) => {
  expect(codes(name, value, version)).toEqual([['unit-variable-stops', name, source]]);
});

test.each([
  ['DOCKER_DRIVER', 'vfs', '28.5.2'],
  ['DOCKER_DRIVER', '', '28.5.2'],
  ['DOCKER_MIN_API_VERSION', '1.30', '28.5.2'],
  ['DOCKER_MIN_API_VERSION', '1.99', '20.10.24'],
])('%s=%s does not stop %s', (name, value, version) => {
  expect(codes(name, value, version)).toEqual([['daemon-down', 'dockerd', undefined]]);
});

test.each([
  ['running', 'none'],
  ['failed', 'restart'],
] as const)('of a dockerd that is %s it is taken away with activation %s', (state, action) => {
  const startEnvironment = new Map([['DOCKER_DRIVER', { value: 'aufs', source }]]);
  const facts = doctorFacts({
    observed: { state, witnesses: { ...NO_WITNESSES, startEnvironment } },
  });
  expect(stoppedByVariables(facts)).toMatchObject([
    {
      fix: {
        changes: [{ path: expect.stringMatching(/zz-dockerctl-unset-DOCKER_DRIVER\.conf$/) }],
        refresh: [{ argv: ['systemctl', 'daemon-reload'] }],
        activation: { action },
      },
    },
  ]);
});

test('several proxies in one pair of quotes are one variable, and no proxy', () => {
  const findings = (value: string) =>
    examine(
      doctorFacts({
        observed: {
          witnesses: {
            ...NO_WITNESSES,
            startEnvironment: new Map([['http_proxy', { value, source }]]),
          },
        },
      }),
    )
      .flatMap((family) => family.findings)
      .filter(({ code }) => code === 'unit-proxies-joined');
  expect(findings('http://u:secret@a.test:1 https_proxy=http://b.test:2')).toMatchObject([
    { subject: 'http_proxy', path: source, message: expect.not.stringContaining('secret') },
  ]);
  expect(findings('http://a.test:1')).toEqual([]);
});
