import { expect, test } from '@jest/globals';
import { unlisted } from '../../../../../src/core/doctor/engine/unlisted.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';
import { told } from '../../../../support/doctor-findings.js';
import { WEB } from '../../../../support/plans.js';

test('containers that run and that dockerd does not list are named', () => {
  expect(told(unlisted(doctorFacts()))).toEqual([]);
  const containers = [WEB, { ...WEB, name: 'db' }];
  expect(told(unlisted(doctorFacts({ observed: { unlisted: containers } })))).toEqual([
    'containers-unlisted web, db -> dockerctl config history',
  ]);
});
