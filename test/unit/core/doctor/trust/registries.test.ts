import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../../../../src/core/plan/finding.js';
import { registriesFamily } from '../../../../../src/core/doctor/trust/registries.js';
import type { Dialled } from '../../../../../src/core/doctor/facts.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';

const CONFIG = '/etc/docker/daemon.json';
const find = (machine: Machine) => told(registriesFamily.find(doctorFacts(machine)));
const asked = (dialled: Partial<Dialled>): Machine => ({
  facts: { dialled: { registries: [], trustworthy: [], deadMirrors: [], ...dialled } },
});

/** moby registry/config.go compares letter by letter, port included. */
describe('a registry that is listed as insecure with another port', () => {
  const listed = { [CONFIG]: '{"insecure-registries": ["r.corp:5000"]}' };
  const used = (name: string): Machine => ({ files: listed, facts: { imageRegistries: [name] } });

  test('is another registry to dockerd', () => {
    expect(find(used('r.corp'))).toEqual(['insecure-port r.corp -> dockerctl insecure add r.corp']);
    expect(find(used('r.corp:5000'))).toEqual([]);
    expect(find(used('other.corp'))).toEqual([]);
  });

  test('unless it is trusted by a folder of its own', () => {
    const files = { ...listed, '/etc/docker/certs.d/r.corp/ca.crt': 'x' };
    expect(find({ ...used('r.corp'), files })).toEqual([]);
  });
});

test('one that needs no such exception', () => {
  expect(find(asked({ trustworthy: ['r.corp'] }))).toEqual([
    'insecure-without-need r.corp -> dockerctl insecure remove r.corp',
  ]);
});

describe('what was asked of them', () => {
  const finding = (code: string, subject: string): Finding => ({
    ...{ code, severity: 'error', subject },
    ...{ message: 'm', hint: 'one of two' },
  });

  test('is what trust verify says, with one command', () => {
    const registries = [
      finding('registry-speaks-http', 'http.corp'),
      finding('registry-refused', 'r.corp'),
      finding('token-registry-expired', 'r.corp'),
      finding('redirect-registry-expired', 'r.corp'),
    ];
    expect(find(asked({ registries }))).toEqual([
      'registry-speaks-http http.corp -> dockerctl insecure add http.corp',
      'registry-refused r.corp -> one of two',
      'token-registry-expired r.corp -> one of two',
      'redirect-registry-expired r.corp -> one of two',
    ]);
  });

  test('leaves out what other families tell: folders, the list, dead mirrors', () => {
    const registries = [
      finding('trust-key-readable', 'r.corp'),
      finding('registry-insecure', 'r.corp'),
      finding('registry-refused', 'm.corp'),
    ];
    const deadMirrors = [{ mirror: 'https://m.corp/', reason: 'x' }];
    expect(find(asked({ registries, deadMirrors }))).toEqual([]);
  });
});

test('the ok line says whether they were asked', () => {
  const ok = (machine: Machine) =>
    typeof registriesFamily.ok === 'string' ? '' : registriesFamily.ok(doctorFacts(machine));
  expect(ok({})).toContain('--deep');
  expect(ok(asked({}))).toMatch(/^all answer/);
});
