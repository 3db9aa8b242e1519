import { describe, expect, test } from '@jest/globals';
import { examine } from '../../../../src/core/doctor/families.js';
import type { DoctorFacts } from '../../../../src/core/doctor/facts.js';
import { doctorFacts, type Machine } from '../../../support/doctor-facts.js';

const findingsOf = (facts: DoctorFacts) => examine(facts).flatMap(({ findings }) => findings);

const CLIENT = '/root/.docker/config.json';
const client = (json: object, mode = 0o600) => ({
  [CLIENT]: { content: { text: JSON.stringify(json) }, mode, uid: 0, gid: 0 },
});

test('a healthy machine has no finding, and an ok line for every family', () => {
  const examined = examine(doctorFacts());
  expect(examined.flatMap(({ findings }) => findings)).toEqual([]);
  for (const { name, ok } of examined) {
    expect(ok).not.toBe('');
    expect(`ok ${name}: ${ok}`.length).toBeLessThanOrEqual(80);
  }
});

test('a machine without docker has no finding either', () => {
  const observed = { state: 'absent', info: null, argv: [], manager: { kind: 'none' } } as const;
  const facts = doctorFacts({
    observed,
    facts: { unit: null, units: new Map(), socketMode: null },
  });
  expect(findingsOf(facts)).toEqual([]);
  expect(examine(facts)[0]?.ok).toBe('there is no dockerd on this machine');
});

test('a socket that is closed to this user is no reason to restart dockerd', () => {
  const [finding] = findingsOf(doctorFacts({ observed: { info: null, forbidden: true } }));
  expect(finding).toMatchObject({
    code: 'not-readable',
    severity: 'info',
    message: expect.stringMatching(/^permission denied: .*closed to this user/),
    hint: 'sudo dockerctl doctor',
  });
});

describe('what cannot be read', () => {
  test('is told', () => {
    const unreadable = ['/etc/docker/certs.d/r:5000/client.key'];
    expect(findingsOf(doctorFacts({ facts: { unreadable } })).map(({ code }) => code)).toEqual([
      'not-readable',
    ]);
  });

  test('a folder of which a part cannot be read is not judged', () => {
    const path = '/etc/docker/certs.d/r:5000/client.cert';
    const facts = doctorFacts({
      files: { [path]: 'none' },
      facts: { unreadable: [path.replace('.cert', '.key')] },
    });
    expect(findingsOf(facts).map(({ code }) => code)).not.toContain('trust-cert-without-key');
  });
});

test('a hint is one command that begins with a program', () => {
  const machine = {
    files: {
      '/etc/docker/daemon.json': '{"debug": "yes", "registry-mirror": [], "dns": ["x"]}',
      ...client({ currentContext: 'x' }, 0o644),
    },
    facts: { socketMode: 0o666, declared: true },
  };
  const hints = findingsOf(doctorFacts(machine)).map(({ hint }) => hint);
  expect(hints.length).toBeGreaterThan(4);
  for (const hint of hints)
    expect(hint).toMatch(/^(?:dockerctl|systemctl|docker|openssl|mv|rm|chmod) \S/);
});

describe('what was not to be seen is not called in order', () => {
  const unseen = (machine: Machine) =>
    examine(doctorFacts(machine))
      .filter((family) => family.unseen)
      .map(({ name }) => name);

  test('without root: dockerd, changes, certificates, agent; limits and room where dockerd keeps them', () => {
    const machine: Machine = {
      observed: { info: null, forbidden: true },
      facts: { stateHidden: true, disk: null },
    };
    const wanted = ['daemon', 'changes', 'certificates', 'cgroups', 'disk', 'agent'];
    expect(unseen(machine)).toEqual(wanted);
    expect(findingsOf(doctorFacts({ ...machine, observed: {} }))).toMatchObject([
      { code: 'not-readable', hint: 'sudo dockerctl doctor' },
    ]);
  });

  test('below a root: all that runs, and nobody is sent for more rights', () => {
    const machine: Machine = {
      observed: { state: 'absent', info: null },
      facts: { filesOnly: true, disk: null, unit: null, units: new Map() },
    };
    expect(unseen(machine)).toEqual(
      expect.arrayContaining(['daemon', 'unit', 'containerd', 'exposure', 'disk', 'clock']),
    );
    expect(findingsOf(doctorFacts(machine))).toEqual([]);
  });
});
