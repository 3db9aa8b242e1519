import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadEveryCommand, type NamedCommand } from '../../../src/cli/load.js';
import { specsOf, type ParsedArgv } from '../../../src/cli/parsed.js';
import { parseCommand } from '../../../src/cli/parser.js';
import { readPlainWords } from '../../../src/cli/plain-words.js';

const VALUES = [
  'registry.example.com',
  'a,b',
  '10',
  '007',
  '1e3',
  '-',
  '-1',
  '',
  '"x"',
  'true',
  '=',
  'é ',
];

/** What yargs makes of it; null for a usage error. */
function byYargs({ name, command }: NamedCommand, words: readonly string[]): ParsedArgv | null {
  try {
    return parseCommand(name, { command, words });
  } catch {
    return null;
  }
}

/** Words as people type and mistype them after this command: its options in every spelling, values, strays. */
function wordsFor({ command }: NamedCommand): fc.Arbitrary<string[]> {
  const names = [...Object.keys(specsOf(command)), 'no-color', 'unknown', '__proto__'];
  const value = fc.oneof(fc.constantFrom(...VALUES), fc.string({ maxLength: 4 }));
  const choices = Object.values(specsOf(command)).flatMap(({ choices: some }) => some ?? []);
  const mention = fc.oneof(
    fc.constantFrom(...names).map((name) => [`--${name}`]),
    fc.tuple(fc.constantFrom(...names), value).map(([name, text]) => [`--${name}`, text]),
    fc.tuple(fc.constantFrom(...names), value).map(([name, text]) => [`--${name}=${text}`]),
    fc.constantFrom(...choices, '-n', '-y', '-ny', '--', '--activate').map((word) => [word]),
    value.map((word) => [word]),
  );
  return fc.array(mention, { maxLength: 4 }).map((parts) => parts.flat());
}

describe('plain words', () => {
  const commands: NamedCommand[] = [];
  beforeAll(async () => {
    commands.push(...(await loadEveryCommand()));
  });

  test('what is read without yargs is what yargs reads, for every command', () => {
    for (const command of commands) {
      fc.assert(
        fc.property(wordsFor(command), (words) => {
          const plain = readPlainWords(command.command, words);
          if (plain !== null) expect(plain).toEqual(byYargs(command, words));
        }),
        { numRuns: 60 },
      );
    }
  }, 120_000);

  test.each([
    [['--dry-run', '--config=/my docker/daemon.json', '-y'], { config: '/my docker/daemon.json' }],
    [['-y', '--dry-run', '--unit-flags', '--debug -H fd://'], { 'unit-flags': '--debug -H fd://' }],
  ])('a word with a space belongs to the option that takes it: %j', (words, options) => {
    const command = commands.find(({ name }) => name === 'config validate');
    expect(command && byYargs(command, words)?.options).toMatchObject({
      ...{ 'dry-run': true, yes: true },
      ...options,
    });
  });

  test('the examples of nearly every help need no yargs', () => {
    const examples = commands.flatMap(({ name, command }) =>
      command.examples
        .filter((example) => example.startsWith(`${name} `) && !/["'|<]/u.test(example))
        .map((example) =>
          readPlainWords(command, example.split(' ').slice(name.split(' ').length)),
        ),
    );
    const read = examples.filter((parsed) => parsed !== null);
    expect(read.length / examples.length).toBeGreaterThan(0.9);
  });
});
