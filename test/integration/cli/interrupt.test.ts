import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { createTerminal } from '../../../src/cli/terminal.js';

test('Ctrl-C at a question is an interruption, and no bug', async () => {
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
    setTimeout(() => stdin.write('\u0003'), 50);
    await expect(answer).rejects.toMatchObject({ code: 'interrupted' });
  }
});
