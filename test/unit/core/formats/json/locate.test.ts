import { describe, expect, test } from '@jest/globals';
import { locate } from '../../../../../src/core/formats/json/locate.js';

const TEXT = `// what we want
{
  daemon: { 'log-driver': "local", "log-opts": { 'max-size': '10m', } },
  mirrors: [
    'https://a.example.com', // the near one
    "https://b.example.com",
  ],
  registries: { "reg:5000": { ca: { file: +1 } } },
}
`;

describe('the place of a value in a JSON5 text', () => {
  test.each([
    ['daemon.log-driver', ['daemon', 'log-driver'], 3, 27, 2],
    ['log-opts.max-size', ['daemon', 'log-opts', 'max-size'], 3, 62, 3],
    ['an entry of a list', ['mirrors', '1'], 6, 5, 2],
    ['a quoted key', ['registries', 'reg:5000', 'ca', 'file'], 8, 43, 4],
    ['nothing: the object that should have it', ['daemon', 'debug'], 3, 11, 1],
    ['an entry too many: its list', ['mirrors', '2'], 4, 12, 1],
    ['the whole', [], 2, 1, 0],
  ])('%s', (_, path, line, column, depth) => {
    expect(locate(TEXT, path)).toMatchObject({ place: { line, column }, depth });
  });

  test('of a text that is empty is its beginning', () => {
    expect(locate('', ['a'])).toMatchObject({ place: { line: 1, column: 1 }, depth: 0 });
  });
});
