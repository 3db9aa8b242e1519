import { expect, test } from '@jest/globals';
import { changeFamily } from '../../../../../src/core/doctor/engine/change.js';
import type { DoctorFacts } from '../../../../../src/core/doctor/facts.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';

const find = (openChange: DoctorFacts['openChange']) =>
  told(changeFamily.find(doctorFacts({ facts: { openChange } })));

test('a change that is open is told with the command that ends it', () => {
  expect(find(null)).toEqual([]);
  expect(find({ title: 'mirrors set', awaiting: false })).toEqual([
    'change-interrupted mirrors set -> dockerctl recover',
  ]);
  expect(find({ title: 'mirrors set', awaiting: true })).toEqual([
    'change-awaits-confirmation mirrors set -> dockerctl confirm',
  ]);
  expect(find('damaged')).toEqual(['change-interrupted journal.json -> dockerctl recover']);
});

test('without root nobody knows', () => {
  expect(changeFamily.unseen?.(doctorFacts({ facts: { stateHidden: true } }))).toBe(true);
  expect(changeFamily.unseen?.(doctorFacts())).toBe(false);
});
