import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findCommand } from '../../src/cli/find-command.js';
import { parseCommand } from '../../src/cli/parser.js';
import { messageOf } from '../../src/errors.js';
import { HOLE, hintTexts } from '../support/hint-texts.js';
import { commandsOf, isUnmarked, wordsOfParts } from '../support/hinted-commands.js';

const HINTS = hintTexts(join(import.meta.dirname, '../../src'));
const COMMANDS = HINTS.flatMap(({ place, text }) =>
  commandsOf(text).map((command) => ({ place, command })),
);

/** Why dockerctl's own parser does not take the words; null: it does. */
async function complaintOf(words: readonly string[]): Promise<string | null> {
  const [program, ...argv] = words.filter((word, at) => at > 0 || !/^(?:sudo$|\w+=)/.test(word));
  if (program !== 'dockerctl' || argv[0] === 'completion') return null;
  // Which command it is is known only when it is said.
  if (argv.slice(0, 2).includes(HOLE) || argv.some((word) => word.includes(HOLE + HOLE)))
    return null;
  try {
    const found = findCommand(argv);
    if (found.kind === 'help') return argv.includes('--help') ? null : 'it is no whole command';
    const { command } = await found.load();
    parseCommand(found.name, { command, words: found.words });
    return null;
  } catch (error) {
    const message = messageOf(error);
    return /Invalid values|choices/i.test(message) && argv.includes(HOLE) ? null : message;
  }
}

describe('what hints tell people to type', () => {
  test('there are hundreds of them', () => {
    expect(HINTS.length).toBeGreaterThan(400);
    expect(COMMANDS.length).toBeGreaterThan(250);
  });

  test('a command is the whole hint, or stands in backquotes', () => {
    expect(HINTS.filter(({ text }) => isUnmarked(text.replace(`${HOLE} && `, '')))).toEqual([]);
  });

  test('dockerctl takes every command line of its own', async () => {
    const wrong: string[] = [];
    for (const { place, command } of COMMANDS)
      for (const words of wordsOfParts(command)) {
        const named = words.map((word) => word.replace(HOLE, 'mtu'));
        const complaint = (await complaintOf(words)) && (await complaintOf(named));
        if (complaint !== null) wrong.push(`${place}: ${command}: ${complaint}`);
      }
    expect(wrong).toEqual([]);
  });

  test('a shell reads every one of them', () => {
    const input = COMMANDS.map(({ command }) => `${command}\n`).join('');
    expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' }).stderr).toBe('');
  });
});
