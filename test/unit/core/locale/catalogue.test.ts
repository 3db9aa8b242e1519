import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Messages } from '../../../../src/core/locale/message-index.js';
import { createSay } from '../../../../src/core/locale/translate.js';

const messages = JSON.parse(readFileSync('templates/messages.zh-CN.json', 'utf8')) as Messages;
const say = createSay(messages);

const filled = (text: string) =>
  text.replace(/\{([^{}|]*)\|[^{}]*\}/gu, '$1').replace(/\{(\d+)\}/gu, 'v$1');

/** Between Chinese and values there may be a space or none, and a sign may be of either width. */
const bare = (text: string) =>
  text.replace(/ /gu, '').replace(/[：，；（）]/gu, (sign) => ':,;()'['：，；（）'.indexOf(sign)]!);

test('every sentence of the catalogue is found by what it says, and no other one is taken for it', () => {
  const ours = Object.entries(messages.sentences)
    // Of values side by side nobody can tell where the one ends, and a unit alone is not looked for.
    .filter(([key]) => !/\}\{|^\{0\}(?:… \{1\})? s$/u.test(key))
    .map(([key, chinese]) => [filled(key), bare(filled(chinese))] as const);
  expect(ours.map(([english]) => bare(say(english)))).toEqual(ours.map(([, chinese]) => chinese));
});

test('no sentence is so like another that a text could be either', () => {
  const signs = Object.keys(messages.sentences).map((key) => key.replace(/\{\d+\}/gu, '\0'));
  expect(new Set(signs).size).toBe(signs.length);
});
