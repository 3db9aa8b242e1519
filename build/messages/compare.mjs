import { readFileSync } from 'node:fs';
import { pageTextsOf } from './read-pages.mjs';
import { messagesOf, sourcesOf } from './read-sources.mjs';
import { PENDING } from './scope.mjs';

export const CATALOGUE = 'templates/messages.zh-CN.json';

/** What a catalogue has not, has too much, and has with other values than the source; a list of English texts each. */
export function compare(folder, catalogue = JSON.parse(readFileSync(CATALOGUE, 'utf8'))) {
  const { words, patterns, sentences } = catalogue;
  const messages = new Map([...pageTextsOf(folder), ...messagesOf(folder)]);
  const texts = [...messages.keys()];
  const pending = (text) => PENDING.some((place) => messages.get(text)?.startsWith(place));
  // `{0} insecure` is a pattern where its value is a number and nothing else.
  const isKnown = (text) => Object.hasOwn(sentences, text) || Object.hasOwn(patterns, text);
  const pieces = readPieces(folder);
  const all = Object.entries({ ...words, ...patterns, ...sentences });
  return {
    missing: texts.filter((text) => !isKnown(text) && !pending(text)),
    pending: texts.filter((text) => !isKnown(text) && pending(text)),
    stale: [
      ...Object.keys(sentences).filter((text) => !messages.has(text)),
      ...Object.keys(words).filter((word) => !pieces.has(word)),
    ],
    wrong: all.filter(([text, said]) => !agree(text, said)).map(([text]) => text),
  };
}

/** The same values, commands in backquotes and options in both; the translation says something. */
function agree(text, said) {
  const [of, to] = [text, said].map((one) => [
    ...(one.match(/\{\d+\}/g) ?? []),
    ...(one.match(/`[^`]*`/g) ?? []).map((typed) => typed.replace(/\{\d+\}/g, '{}')),
    ...(one.match(/(?<![\w-])--[a-z][a-z-]+/g) ?? []),
  ]);
  return said.trim() !== '' && JSON.stringify(of.sort()) === JSON.stringify(to.sort());
}

/** Every word of the sources. */
function readPieces(folder) {
  return new Set(sourcesOf(folder).flatMap(({ text }) => text.match(/[A-Za-z]+/g) ?? []));
}
