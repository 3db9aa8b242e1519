import { expect, test } from '@jest/globals';
import {
  formatPlaces,
  hasPlace,
  parsePlaces,
  type Place,
  withPlace,
} from '../../../../src/core/pki/places.js';

const folder: Place = { kind: 'folder', path: '/srv/tls' };
const harbor: Place = { kind: 'harbor', path: '/srv/tls' };

test.each(['registry.example.com', 'constructor', '__proto__'])(
  'the places of %s are remembered once each, and read back',
  (name) => {
    expect(hasPlace(new Map(), name, folder)).toBe(false);
    const places = [folder, harbor, folder].reduce(
      (all, place) => withPlace(all, name, place),
      withPlace(new Map(), 'other', folder),
    );
    expect(places.get(name)).toEqual([harbor, folder]);
    expect(parsePlaces(formatPlaces(places))).toEqual(places);
  },
);

test.each(['', '[]', 'null', '{"a":1}', '{"a":[{"kind":"folder"}]}'])('%j is damaged', (text) => {
  expect(parsePlaces(text)).toBeNull();
});
