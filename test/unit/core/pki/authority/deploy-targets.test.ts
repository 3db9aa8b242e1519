import { expect, test } from '@jest/globals';
import {
  formatPlaces,
  hasPlace,
  parsePlaces,
  type Place,
  withPlace,
} from '../../../../../src/core/pki/authority/deploy-targets.js';

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

test('a server has one certificate, and a folder has many', () => {
  const places = withPlace(withPlace(new Map(), 'old', harbor), 'old', folder);
  const after = withPlace(withPlace(places, 'new', harbor), 'new', folder);
  expect(after).toEqual(
    new Map([
      ['old', [folder]],
      ['new', [harbor, folder]],
    ]),
  );
  expect(withPlace(withPlace(new Map(), 'old', harbor), 'new', harbor).has('old')).toBe(false);
});

test.each(['', '[]', 'null', '{"a":1}', '{"a":[{"kind":"folder"}]}'])('%j is damaged', (text) => {
  expect(parsePlaces(text)).toBeNull();
});
