import { expect, test } from '@jest/globals';
import ts from 'typescript';

interface Compared {
  readonly missing: readonly string[];
  readonly stale: readonly string[];
  readonly wrong: readonly string[];
}

// @ts-expect-error: plain JavaScript
const { compare } = (await import('../../../build/messages/compare.mjs')) as {
  compare: (folder: string) => Compared;
};
// @ts-expect-error: plain JavaScript
const { messagesIn } = (await import('../../../build/messages/extract.mjs')) as {
  messagesIn: (source: ts.SourceFile) => { readonly text: string }[];
};

// When this fails: `npm run messages` prints what to fill in and what to take out (CONTRIBUTING.md, "Messages").
test('every message has its Chinese, with the same values, commands and options, and nothing is left over', () => {
  expect(compare('.')).toMatchObject({ missing: [], stale: [], wrong: [] });
});

test.each([
  ['`The file ${path} is not JSON: ${why}.`', ['The file {0} is not JSON: {1}.']],
  ["`${n} ${n === 1 ? 'thing is' : 'things are'} adrift`", ['{0} {thing is|things are} adrift']],
  [
    "`It was ${lost ? 'lost' : 'found again'} there.`",
    ['It was lost there.', 'It was found again there.'],
  ],
  [
    "const end = a ? '' : ` until ${b}`; say(`It is paused${end} here`)",
    ['until {0}', 'It is paused here', 'It is paused until {0} here'],
  ],
  ["'one text ' + 'in two lines ' + value", ['one text in two lines {0}']],
  ["throw new Error('this cannot be so')", []],
  ["if (x === 'rolled back by hand') y()", []],
  ["text.includes('no such file or folder')", []],
  ["'dockerctl config history'", []],
  ["'/etc/docker/daemon.json'", []],
  ["({ examples: ['what is typed as it stands'] })", []],
  ['html`<p class="none">Nothing is <code>declared</code> here.</p>`', ['Nothing is {0} here.']],
])('of %s the messages are %j', (code, messages) => {
  const source = ts.createSourceFile('src/x.ts', code, ts.ScriptTarget.Latest, true);
  expect(messagesIn(source).map(({ text }) => text)).toEqual(messages);
});
