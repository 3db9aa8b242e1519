import { describe, expect, test } from '@jest/globals';
import { clockFamily, TIME_SERVICES } from '../../../../../src/core/doctor/machine/clock.js';
import { doctorFacts, type Machine } from '../../../../support/doctor-facts.js';
import { alarmsOn, codesOn, told } from '../../../../support/doctor-findings.js';

const find = (machine: Machine) => told(clockFamily.find(doctorFacts(machine)));
const future = new Map([['/etc/docker/daemon.json', Date.parse('2027-02-01')]]);

test.each<[string, Machine]>([
  ['clock-behind', { facts: { changedAt: future } }],
  ['clock-not-kept', { units: { 'chrony.service': { ActiveState: 'inactive' } } }],
])('%s', (code, machine) => {
  expect(codesOn(machine)).toEqual([code]);
});

test("docker in a container has its host's clock", () => {
  const machine: Machine = {
    facts: { contained: true },
    units: { 'systemd-timesyncd.service': { ActiveState: 'inactive' } },
  };
  expect(alarmsOn(machine)).toEqual([]);
  expect(find({ ...machine, facts: { contained: true, changedAt: future } })).toEqual([]);
});

describe('the service that is to keep it right', () => {
  test('is the one that is installed', () => {
    const units = { 'chrony.service': { ActiveState: 'inactive' } };
    expect(find({ units })).toEqual([
      'clock-not-kept clock -> systemctl enable --now chrony.service',
    ]);
    expect(find({ units: { 'chrony.service': {} }, facts: { changedAt: future } })).toEqual([
      'clock-behind clock -> systemctl enable --now chrony.service',
    ]);
    expect(find({ facts: { changedAt: future } })).toEqual([
      'clock-behind clock -> systemctl enable --now systemd-timesyncd.service',
    ]);
  });

  test('is any of several that runs', () => {
    const units = {
      'chrony.service': {},
      'systemd-timesyncd.service': { ActiveState: 'inactive' },
    };
    expect(find({ units })).toEqual([]);
    expect(new Set(TIME_SERVICES).size).toBe(TIME_SERVICES.length);
  });
});

test('files of the same day are no sign', () => {
  const now = Date.parse('2026-11-21');
  const changedAt = new Map([['/x', now + 23 * 60 * 60 * 1000]]);
  expect(find({ facts: { now, changedAt } })).toEqual([]);
});
