import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { NOUNS, SINGLE_COMMANDS } from '../../../src/cli/catalogue.js';
import { GLOBAL_OPTIONS } from '../../../src/cli/global-options.js';
import { dockerctl } from '../../support/program.js';

const read = (file: string) => readFileSync(file, 'utf8');

test('docs/commands.md is what help --all --markdown prints (npm run docs writes it)', async () => {
  const { stdout } = await dockerctl('help', '--all', '--markdown');
  expect(read('docs/commands.md')).toBe(stdout);
});

const contract = /## Commands\n\n```\n([^]*?)```/.exec(read('docs/cli.md'))?.[1] ?? '';

test('docs/cli.md names every command', () => {
  const linesOf = (word: string) =>
    contract.split('\n').filter((line) => line.startsWith(`dockerctl ${word}`));
  const missing = [
    ...Object.keys(SINGLE_COMMANDS).filter((name) => linesOf(name).length === 0),
    ...Object.entries(NOUNS).flatMap(([noun, { verbs }]) =>
      Object.keys(verbs)
        .filter(
          (verb) => !linesOf(noun).some((line) => new RegExp(`[ |]${verb}(?![\\w-])`).test(line)),
        )
        .map((verb) => `${noun} ${verb}`),
    ),
  ];
  expect(missing).toEqual([]);
});

test('docs/cli.md names every global option', () => {
  const [, everywhere = ''] = /## Everywhere\n([^]*?)\n## /.exec(read('docs/cli.md')) ?? [];
  const negated = ['validate', 'color'];
  const missing = Object.keys(GLOBAL_OPTIONS)
    .filter((name) => name !== 'help')
    .map((name) => (negated.includes(name) ? `--no-${name}` : `--${name}`))
    .filter((option) => !everywhere.includes(option));
  expect(missing).toEqual([]);
});

test('docs/cli.md names no command that is not there', () => {
  const known = new Set([...Object.keys(SINGLE_COMMANDS), ...Object.keys(NOUNS), 'completion']);
  const named = [...contract.matchAll(/^dockerctl (\S+)/gm)].map(([, word]) => word ?? '');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((word) => !known.has(word))).toEqual([]);
});
