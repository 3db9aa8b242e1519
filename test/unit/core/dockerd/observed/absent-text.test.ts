import { expect, test } from '@jest/globals';
import { absentText } from '../../../../../src/core/dockerd/observed/absent-text.js';

test('says of a file only what was seen', () => {
  expect(absentText({})).toBe('there is no dockerd on this machine');
  expect(absentText({ unmanaged: { reader: null } })).toBe('no dockerd here reads this file');
  expect(absentText({ unmanaged: { reader: 4711 } })).toMatch(/^dockerd with pid 4711 was started/);
});
