import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** Whatever is typed, in the order in which it stands: blocks, and words in backquotes. A translation changes none of it. */
function typed(page: string): string[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```sh\n[^]*?^```$|^ {4}\S.*$|`[^`\n]+`/gm)].map(([what]) => what);
}
const headings = (page: string) => readFileSync(page, 'utf8').match(/^#+ /gm) ?? [];
const rows = (page: string) => readFileSync(page, 'utf8').match(/^\|/gm) ?? [];

test.each([
  ['README.md', 'README.zh-CN.md'],
  ['docs/recipes.md', 'docs/recipes.zh-CN.md'],
])('what is typed is the same in %s and %s', (english, chinese) => {
  // Only the translation has to say which of it is translated.
  const own = ['`dockerctl explain CODE`'];
  expect(multiset(typed(chinese), own)).toEqual(multiset(typed(english), own));
  expect(headings(chinese)).toEqual(headings(english));
  expect(rows(chinese)).toEqual(rows(english));
});

/** In any order: the order of words in a sentence differs. */
const multiset = (words: string[], except: readonly string[]) =>
  words.filter((word) => !except.includes(word)).sort();
