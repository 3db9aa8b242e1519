import { expect, test } from '@jest/globals';
import { installationFamily } from '../../../../../src/core/doctor/machine/installation.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, codesOn, findingsOn, told } from '../../../../support/doctor-findings.js';

const CONFIG = '/etc/docker/daemon.json';
const nothing = { units: new Map(), unit: null };
const elsewhere = (observed: Machine['observed']): Machine => ({
  files: { [CONFIG]: '{}' },
  observed,
  facts: nothing,
});
const SNAP: Machine['observed'] = {
  flavour: 'snap',
  manager: { kind: 'systemd', unit: 'snap.docker.dockerd.service', socketUnit: null, user: false },
  configPath: '/var/snap/docker/current/config/daemon.json',
};
const ROOTLESS: Machine['observed'] = {
  flavour: 'rootless',
  manager: { kind: 'systemd', unit: 'docker.service', socketUnit: null, user: true },
  configPath: '/home/me/.config/docker/daemon.json',
};

test.each<[string, Machine]>([
  ['two-engines', { units: { 'snap.docker.dockerd.service': {} } }],
  ['config-elsewhere', elsewhere(SNAP)],
  ['config-elsewhere', elsewhere(ROOTLESS)],
])('%s', (code, machine) => {
  expect(codesOn(machine)).toEqual([code]);
});

test('the hint keeps the file, and the one engine', () => {
  const find = (machine: Machine) => told(installationFamily.find(doctorFacts(machine)));
  expect(find(elsewhere(SNAP))).toEqual([
    `config-elsewhere dockerd -> mv -n ${CONFIG} ${CONFIG}.unused`,
  ]);
  expect(find({ units: { 'snap.docker.dockerd.service': {} } })).toEqual([
    'two-engines docker -> snap stop --disable docker',
  ]);
});

test('the file of a system dockerd beside a rootless one is that one’s', () => {
  const files = { [CONFIG]: '{}' };
  expect(installationFamily.find(doctorFacts({ files, observed: ROOTLESS }))).toEqual([]);
});

test('podman-docker: files, and no dockerd, are no alarm', () => {
  const machine: Machine = {
    files: { [CONFIG]: '{"debug": true}' },
    observed: {
      ...{ state: 'absent', info: null, argv: [], version: null },
      manager: { kind: 'none' },
    },
    facts: { ...nothing, socketMode: null },
  };
  expect(alarmsOn(machine)).toEqual([]);
});

test('on Docker Desktop people edit a file that it does not read', () => {
  const [finding] = findingsOn(
    elsewhere({
      flavour: 'desktop',
      manager: { kind: 'systemd', unit: 'docker-desktop.service', socketUnit: null, user: true },
      configPath: '/home/joe/.docker/daemon.json',
    }),
  );
  expect(finding).toMatchObject({
    code: 'config-elsewhere',
    message: expect.stringContaining('it is Docker Desktop, and it reads /home/joe/.docker'),
  });
});
