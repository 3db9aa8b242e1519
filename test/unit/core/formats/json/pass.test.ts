import { expect, test } from '@jest/globals';
import {
  afterSpace,
  passContainer,
  passText,
  passWord,
} from '../../../../../src/core/formats/json/pass.js';

test.each([
  [passContainer, '{"a}": [1, {"b": "]"}]}, 2', '{"a}": [1, {"b": "]"}]}'],
  [passContainer, '[[], "[", []] rest', '[[], "[", []]'],
  [passContainer, '[1, [2', '[1, [2'],
  [passText, '"a\\"b", 1', '"a\\"b"'],
  [passText, '"a\\\\", 1', '"a\\\\"'],
  [passText, '"open', '"open'],
  [passWord, 'true, 1', 'true'],
  [passWord, '12}', '12'],
  [afterSpace, ' \t\r\n{', ' \t\r\n'],
  [afterSpace, 'x', ''],
] as const)('%p of %j', (pass, text, passed) => {
  expect(text.slice(0, pass(text, 0))).toBe(passed);
});
