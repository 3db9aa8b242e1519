import { describe, expect, test } from '@jest/globals';
import { afterChange, type LastGood } from '../../../../src/core/declaration/last-good.js';
import { image } from '../../../support/plans.js';

const path = '/etc/docker/daemon.json';
const known: LastGood = { path, image: image('{"a":1}'), pid: 7, bootId: 'boot' };
const change = (before: string | null, after: string | null) => ({
  path,
  before: before === null ? null : image(before),
  after: after === null ? null : image(after),
});

describe('the last good daemon.json after a change of ours', () => {
  test('is what the change left', () => {
    expect(afterChange(known, change('{"a":1}', '{"a":2}'), true)).toEqual({
      ...known,
      image: image('{"a":2}'),
    });
  });

  test('is forgotten where the change took the file away', () => {
    expect(afterChange(known, change('{"a":1}', null), true)).toBeNull();
  });

  test.each([
    ['dockerd was not told of it', change('{"a":1}', '{"a":2}'), false],
    ['others had changed the file before', change('{"b":1}', '{"b":2}'), true],
    ['the file was lost and is another now', change(null, '{"a":2}'), true],
  ])('is not said to be what dockerd runs with where %s', (_, made, told) => {
    expect(afterChange(known, made, told)).toMatchObject({ pid: null, bootId: null });
  });

  test('is what dockerd runs with where a repair brought it back', () => {
    expect(afterChange(known, change('{"b":1}', '{"a":1}'), true)).toEqual(known);
  });
});
