import { expect, test } from '@jest/globals';
import { documentIn, documentOf } from '../../../../../src/core/dockerd/activation/documents.js';
import { get } from '../../../../../src/core/formats/json/json-edit.js';
import { image } from '../../../../support/plans.js';

test.each([
  ['no file', null, {}],
  ['an empty one', image(''), {}],
  ['a BOM', image('\ufeff{"a":1}'), { a: 1 }],
  ['settings', image('{"a":1}'), { a: 1 }],
])('of %s', (_, file, value) => {
  const document = documentIn(file);
  expect(document && get(document, [])).toEqual(value);
});

test.each([
  ['comments', image('{} // x')],
  ['a list', image('[]')],
  ['no text', { ...image(''), content: { base64: '/w==' } }],
  ['a secret', { ...image(''), content: { secret: 'a', size: 1 } }],
])('%s is none', (_, file) => {
  expect(documentIn(file)).toBeNull();
});

test('a text is what a file of it is', () => {
  expect(documentOf('{"a": 1,}')).toBeNull();
  expect(documentOf('')?.root).toBeNull();
});
