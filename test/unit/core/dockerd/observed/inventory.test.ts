import { describe, expect, test } from '@jest/globals';
import {
  countsText,
  inventoryOf,
  outOfSight,
} from '../../../../../src/core/dockerd/observed/inventory.js';

const INFO = { DockerRootDir: '/var/lib/docker', Driver: 'overlay2', Images: 3, Containers: 2 };
const before = inventoryOf(INFO, 1);

test.each([
  [INFO, '/var/lib/docker/overlay2'],
  [{ ...INFO, DockerRootDir: '/srv' }, '/srv/overlay2'],
  [
    { ...INFO, DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']] },
    '/var/lib/docker and /var/lib/containerd',
  ],
])('what %j counts lies in %s', (info, place) => {
  expect(inventoryOf(info, null)).toEqual({ images: 3, containers: 2, volumes: null, place });
});

describe('what is lost from sight', () => {
  const elsewhere = { ...INFO, DockerRootDir: '/srv' };

  test('is counted, with the folder where it lies', () => {
    const after = inventoryOf({ ...elsewhere, Images: 0, Containers: 0 }, 0);
    expect(outOfSight(before, after)).toEqual({
      ...{ images: [3, 0], containers: [2, 0], volumes: [1, 0] },
      place: '/var/lib/docker/overlay2',
    });
  });

  test('is nothing where dockerd looks where it looked', () => {
    expect(outOfSight(before, inventoryOf({ ...INFO, Containers: 1 }, 1))).toBeNull();
  });

  test('is nothing where the other folder has as much', () => {
    expect(outOfSight(before, inventoryOf(elsewhere, 1))).toBeNull();
    expect(outOfSight(before, inventoryOf({ ...elsewhere, Images: 9 }, 5))).toBeNull();
  });

  test('volumes that nobody could count are not said to be lost', () => {
    expect(outOfSight(before, inventoryOf(elsewhere, null))).toBeNull();
    expect(outOfSight(before, inventoryOf({ ...elsewhere, Images: 0 }, null))?.volumes).toBeNull();
  });
});

test.each([
  [3, 2, 1, '3 images, 2 containers and 1 volume'],
  [1, 1, 0, '1 image and 1 container'],
  [0, 1, null, '1 container'],
  [0, 0, 2, '2 volumes'],
  [0, 0, 0, ''],
])('%s, %s, %s: %j', (images, containers, volumes, text) => {
  expect(countsText({ images, containers, volumes })).toBe(text);
});
