import { expect, test } from '@jest/globals';
import { parseSettings } from '../../../../src/core/json/settings.js';

test('comments, bare keys and trailing commas are welcome', () => {
  expect(parseSettings("// ours\n{ key: 'value', list: [1, 2,], }")).toEqual({
    key: 'value',
    list: [1, 2],
  });
});

test('an error names the file, the line and the column', () => {
  expect(() => parseSettings('{\n  key: }', '/etc/dockerctl/dockerctl.json5')).toThrow(
    expect.objectContaining({
      code: 'invalid-declaration',
      message: expect.stringContaining('/etc/dockerctl/dockerctl.json5:2:8 '),
    }),
  );
});
