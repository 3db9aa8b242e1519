import type { Writable } from 'node:stream';
import type { GlobalOptions, Terminal } from '../app/context/command.js';
import { redactText, redactValue } from '../core/text/redact.js';
import { printableText } from '../core/text/printable.js';
import { DockerctlError } from '../errors.js';
import { English, forReader, jsonLine, wrapFor, type Streams } from './output.js';
import { createProgress } from './progress.js';

/** stderr and the keyboard. `close` clears a half-written progress line. */
export function createTerminal(
  streams: Streams,
  options: Pick<GlobalOptions, 'yes' | 'quiet' | 'verbose' | 'json'>,
): Terminal & { close: () => void } {
  const { stdout, stderr, env, say = English, below = English } = streams;
  const told = (text: string) => below(say(printableText(redactText(text))));
  const live = stderr.isTTY === true && !options.quiet && !options.verbose;
  const progress = createProgress(stderr, env);
  const { close } = progress;
  const line = (text: string) => {
    close();
    const shown = wrapFor(told(text), stderr);
    stderr.write(`${forReader(shown, stderr, env)}\n`);
  };
  const ask = async (question: string, echo: Writable) => {
    close();
    const { createInterface } = await import('node:readline/promises');
    // From here on the terminal itself shows nothing of what is typed: only then is the question seen.
    const reader = createInterface({ input: streams.stdin, output: echo, terminal: true });
    // Node before 20.20 leaves the question open for ever when Ctrl-C or Ctrl-D ends the reader: the events are the same in all.
    const ended = new Promise<never>((_, reject) => {
      const end = () => {
        reject(interrupted());
      };
      reader.once('SIGINT', end).once('close', end);
    });
    try {
      if (echo !== stderr) stderr.write(question);
      return await Promise.race([reader.question(echo === stderr ? question : ''), ended]);
    } catch (error) {
      stderr.write('\n');
      throw error;
    } finally {
      reader.close();
    }
  };

  return {
    close,
    progress: (message) => {
      if (options.verbose) line(message);
      if (live) progress.show(told(message));
    },
    note: (message) => {
      if (!options.quiet) line(message);
    },
    confirm: async (question, option) => {
      if (options.yes) return true;
      if (!isInteractive(streams)) throw answerNeeded(question, option);
      return /^y(es)?$/i.test((await ask(`${say(printableText(question))} [y/N] `, stderr)).trim());
    },
    secret: async (question, option) => {
      if (!isInteractive(streams)) throw answerNeeded(question, option);
      const answer = await ask(`${say(printableText(question))}: `, await silent());
      stderr.write('\n');
      return answer;
    },
    input: async () => {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of streams.stdin as AsyncIterable<Buffer | string>) {
        chunks.push(Buffer.from(chunk));
        size += chunk.length;
        if (size > MOST_INPUT) throw tooMuchInput();
      }
      return Buffer.concat(chunks);
    },
    emit: (value, text) => {
      stdout.write(options.json ? jsonLine(redactValue(value)) : `${told(text)}\n`);
    },
  };
}

const interrupted = (): DockerctlError =>
  new DockerctlError({
    code: 'interrupted',
    message: 'Interrupted at the question.',
    hint: 'run the command again',
  });

/** Asked only when there is a question: the mere look at stdin opens it. */
const isInteractive = ({ stdin, stderr }: Streams): boolean =>
  stdin.isTTY === true && stderr.isTTY === true;

const MOST_INPUT = 16 * 1024 * 1024;

function tooMuchInput(): DockerctlError {
  return new DockerctlError({
    code: 'invalid-value',
    message: 'What comes on stdin is longer than 16 MiB: that is no configuration.',
    hint: 'name the file instead',
  });
}

async function silent(): Promise<Writable> {
  const stream = await import('node:stream');
  return new stream.Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}

function answerNeeded(question: string, option: string): DockerctlError {
  return new DockerctlError({
    code: 'answer-needed',
    message: `This needs an answer, and there is no terminal to ask on: ${question}`,
    hint: `add ${option}`,
  });
}
