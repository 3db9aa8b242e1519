import { expect, test } from '@jest/globals';
import { isLoaded } from '../../../../src/core/doctor/facts.js';

test('systemd knows the unit: masked, missing and unknown ones are not there', () => {
  const units = new Map([
    ['a.service', new Map([['LoadState', 'loaded']])],
    ['b.service', new Map([['LoadState', 'masked']])],
    ['c.service', new Map([['LoadState', 'not-found']])],
    ['d.service', new Map<string, string>()],
  ]);
  const names = ['a.service', 'b.service', 'c.service', 'd.service', 'e.service'];
  expect(names.filter((name) => isLoaded(units, name))).toEqual(['a.service']);
});
