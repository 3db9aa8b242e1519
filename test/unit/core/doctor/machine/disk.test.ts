import { describe, expect, test } from '@jest/globals';
import { diskFamily } from '../../../../../src/core/doctor/machine/disk.js';
import { doctorFacts } from '../../../../support/doctor-facts.js';
import { codesOn } from '../../../../support/doctor-findings.js';

const GIB = 1024 ** 3;
const disk = (free: number, size: number) => ({
  path: '/var/lib/docker',
  freeBytes: free * GIB,
  sizeBytes: size * GIB,
});

describe('room where dockerd keeps images', () => {
  test.each([
    [90, 1000, []],
    [4, 1000, ['disk-low']],
    [0.9, 8, []],
    [0.7, 8, ['disk-low']],
    [0.3, 1, []],
    [0.2, 1, ['disk-low']],
  ])('%d GiB of %d', (free, size, wanted) => {
    expect(codesOn({ facts: { disk: disk(free, size) } })).toEqual(wanted);
  });
});

test('a tenth of a percent of a hundred gigabytes is little', () => {
  const few = { path: '/var/lib/docker', freeBytes: 1e8, sizeBytes: 1e11 };
  expect(codesOn({ facts: { disk: few } })).toEqual(['disk-low']);
  expect(diskFamily.find(doctorFacts({ facts: { disk: few } }))).toMatchObject([
    {
      ...{ subject: '/var/lib/docker', path: '/var/lib/docker' },
      message: '95 MiB are left, 0 %: pulls and builds fail, and containers that write.',
      hint: 'docker system prune --all',
    },
  ]);
});

test('where nobody could look nothing is said to be in order', () => {
  const unseen = (facts: Parameters<typeof doctorFacts>[0]) =>
    diskFamily.unseen?.(doctorFacts(facts));
  expect(unseen({ facts: { disk: null } })).toBe(true);
  expect(unseen({ facts: { disk: null }, observed: { state: 'absent' } })).toBe(false);
});
