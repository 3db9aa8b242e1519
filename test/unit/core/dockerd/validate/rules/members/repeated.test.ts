import { expect, test } from '@jest/globals';
import { judge, saidOf, verdictOf } from '../../../../../../support/judge-config.js';

test.each([
  [{ builder: { gc: { enabled: true }, GC: { defaultKeepStorage: '10xx' } } }, 'builder.GC'],
  [
    { 'default-address-pools': [{ base: '10.0.0.0/16', Base: '10.1.0.0/16', size: 24 }] },
    'default-address-pools.0.Base',
  ],
  [
    { 'default-ulimits': { nofile: { Name: 'nofile', name: 'nproc', Hard: 1, Soft: 1 } } },
    'default-ulimits.nofile.name',
  ],
  [{ runtimes: { a: { path: '/a', Path: '/b' } } }, 'runtimes.a.Path'],
])('%j has one member in two spellings', (config, subject) => {
  for (const engine of ['20.10.24', '26.1.5', '28.5.2'])
    expect(judge(config, { engine }).findings).toContainEqual(
      expect.objectContaining({ code: 'duplicate-key', severity: 'warning', subject }),
    );
});

test('the hint is the spelling of the field, and the message says what dockerd makes of the two', () => {
  expect(verdictOf({ runtimes: { a: { path: '/a', PATH: '/b' } } })).toEqual([
    'works',
    'warning duplicate-key runtimes.a.PATH -> keep one of them, as "path"',
  ]);
  const messages = (config: object, engine = '26.1.5') =>
    judge(config, { engine }).findings.map(({ message }) => message);
  expect(messages({ runtimes: { a: { path: '/a', PATH: '/b' } } })[0]).toMatch(
    /the last one counts$/,
  );
  expect(messages({ builder: { gc: { enabled: true }, GC: {} } })[0]).toMatch(/it joins the two$/);
  expect(messages({ builder: { gc: { enabled: true }, GC: {} } }, '28.5.2')[0]).toMatch(
    /the last one counts$/,
  );
});

test.each([
  ['a wrong size that a second gc takes away', { defaultReservedSpace: '10xx' }, {}, true],
  ['one that null takes away', { defaultReservedSpace: '10xx' }, null, true],
  ['one that the second gc has', {}, { defaultReservedSpace: '10xx' }, false],
  ['enabled: false of the first', { enabled: false }, { defaultReservedSpace: '10xx' }, false],
])('28 starts or not by the last gc: %s', (_, gc, GC, starts) => {
  // Each was given to dockerd 28.5.2.
  expect(judge({ builder: { gc, GC } }, { engine: '28.5.2' }).starts).toBe(starts);
});

test('names of an object that has no fields are what they are', () => {
  // Each is another feature, another option, another runtime.
  expect(
    saidOf({ features: { cdi: true, CDI: true } }).filter((one) => one.startsWith('duplicate-key')),
  ).toEqual([]);
  expect(saidOf({ runtimes: { a: { path: '/a' }, A: { path: '/b' } } })).toEqual([]);
});
