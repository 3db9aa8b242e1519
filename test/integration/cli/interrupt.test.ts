import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createTerminal } from '../../../src/cli/terminal.js';

test.each([
  ['Ctrl-C', '\u0003'],
  ['Ctrl-D', '\u0004'],
])('%s at a question is an interruption, and no bug', async (_, key) => {
  const tty = () => Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  const stdin = tty();
  const streams = { stdin, stdout: tty(), stderr: tty() };
  const options = { yes: false, quiet: false, verbose: false, json: false };
  const terminal = createTerminal(streams as never, options);
  for (const ask of [
    () => terminal.secret('Passphrase', '--passphrase-file FILE'),
    () => terminal.confirm('Really?', '--yes'),
  ]) {
    const answer = ask();
    setTimeout(() => stdin.write(key), 50);
    await expect(answer).rejects.toMatchObject({ code: 'interrupted' });
  }
});
