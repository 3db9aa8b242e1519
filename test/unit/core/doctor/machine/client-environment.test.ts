import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { clientEnvironment } from '../../../../../src/core/doctor/machine/client-environment.js';
import { examine } from '../../../../../src/core/doctor/families.js';
import type { DoctorFacts } from '../../../../../src/core/doctor/facts.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';

const findingsOf = (facts: DoctorFacts) => examine(facts).flatMap(({ findings }) => findings);

describe('the environment of the docker command', () => {
  const env = (parts: object, machine: Machine = {}) =>
    findingsOf(
      doctorFacts({
        ...machine,
        facts: { clientEnv: { ...clientEnvironment({ HOME: '/root', ...parts }) } },
      }),
    ).map(({ code, subject, hint }) => [code, subject, hint]);
  const META = `/root/.docker/contexts/meta/${createHash('sha256').update('foo').digest('hex')}/meta.json`;

  test.each([
    {},
    { DOCKER_HOST: '' },
    { DOCKER_HOST: 'unix:///run/docker.sock' },
    { DOCKER_HOST: 'unix:///var/run/docker.sock' },
    { DOCKER_CONTEXT: 'default' },
  ])('%j is no alarm', (parts) => {
    expect(env(parts)).toEqual([]);
  });

  test('nor is the port that dockerd listens on', () => {
    const observed = {
      argv: ['/usr/sbin/dockerd', '-H', 'fd://', '-H', 'tcp://0.0.0.0:2376', '--tlsverify'],
    };
    const found = env({ DOCKER_HOST: 'tcp://docker.example:2376' }, { observed });
    expect(found.map(([code]) => code)).not.toContain('client-elsewhere');
  });

  test('another host is told, without its password', () => {
    expect(env({ DOCKER_HOST: 'tcp://10.99.0.1:1', DOCKER_CONTEXT: 'foo' })).toEqual([
      ['client-elsewhere', 'DOCKER_HOST', 'unset DOCKER_HOST'],
    ]);
    const facts = doctorFacts({
      facts: { clientEnv: clientEnvironment({ DOCKER_HOST: 'ssh://me:secret@far' }) },
    });
    expect(findingsOf(facts)[0]?.message).toMatch(/ssh:\/\/me@far/);
  });

  test('a context is missing, or another engine’s', () => {
    expect(env({ DOCKER_CONTEXT: 'foo' })).toEqual([
      ['client-context-missing', 'foo', 'unset DOCKER_CONTEXT'],
    ]);
    expect(env({ DOCKER_CONTEXT: 'foo' }, { files: { [META]: '{}' } })).toEqual([
      ['client-elsewhere', 'foo', 'unset DOCKER_CONTEXT'],
    ]);
  });
});
