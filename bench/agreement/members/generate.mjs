import fc from 'fast-check';
import { FILTERS, OBJECTS } from './objects.mjs';

/**
 * Configurations with one member under test: `{ name, object, look, path, kind, config, without }`, the same for the same seed and
 * engine. `kind`: right, misspelt, or foreign (of another object, driver or program); which engine reads it is the oracle's to say.
 */
export function memberCases({ seed, count, major }) {
  const width = String(count).length;
  return fc.sample(member(major), { seed, numRuns: count }).map((one, index) => ({
    name: `members-${seed}-${String(index).padStart(width, '0')}`,
    ...one,
  }));
}

function member(major) {
  return fc.oneof(
    { weight: 2, arbitrary: filter() },
    ...OBJECTS.map((object) => ({ weight: object.weight ?? 3, arbitrary: of(object, major) })),
  );
}

function of(object, major) {
  const valueOf = (value) => (typeof value === 'function' ? value(major) : value);
  const right = fc.constantFrom(...Object.entries(object.right));
  const foreign = fc.constantFrom(...Object.entries(object.foreign));
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.tuple(fc.constant('right'), right) },
      { weight: 4, arbitrary: fc.tuple(fc.constant('misspelt'), right.chain(misspelt)) },
      { weight: 3, arbitrary: fc.tuple(fc.constant('foreign'), foreign) },
    )
    .map(([kind, [name, value]]) => ({
      ...{ object: object.name, look: object.look, kind, path: [...object.at, name] },
      config: object.around({ [name]: valueOf(value) }),
      without: object.around({}),
    }));
}

function filter() {
  return fc
    .oneof(
      fc.tuple(fc.constant('right'), fc.constantFrom(...FILTERS.right)),
      fc.tuple(fc.constant('misspelt'), fc.constantFrom(...FILTERS.wrong)),
    )
    .map(([kind, term]) => ({
      ...{ object: FILTERS.name, look: FILTERS.look, kind, path: FILTERS.at },
      config: FILTERS.around([term]),
      without: FILTERS.around([]),
    }));
}

/** As people slip: a letter too few or too many, two swapped, other case, other punctuation, a plural. */
function misspelt([name, value]) {
  const place = fc.nat(name.length - 2);
  const slip = fc.oneof(
    place.map((at) => name.slice(0, at) + name.slice(at + 1)),
    place.map((at) => name.slice(0, at + 1) + name.charAt(at) + name.slice(at + 1)),
    place.map(
      (at) => name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2),
    ),
    fc.constantFrom(
      name.toUpperCase(),
      name.toLowerCase(),
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      name.replaceAll('-', '_'),
      name.replaceAll(/[-_](.)/g, (_, letter) => letter.toUpperCase()),
      `${name}s`,
      `${name}-x`,
    ),
  );
  return slip.map((written) => [written, value]);
}
