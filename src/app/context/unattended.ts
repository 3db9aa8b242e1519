import { DockerctlError } from '../../errors.js';
import type { Context, Terminal } from './command.js';

/** The context of a use case that runs without a person: nothing is shown, and a question is the error `answer-needed`. */
export function unattended(context: Context): Context {
  const options = { ...context.options, json: true, quiet: true, yes: false };
  return { ...context, options, terminal: SILENT };
}

/** A terminal that shows nothing and answers nothing. */
export const SILENT: Terminal = {
  progress: () => undefined,
  note: () => undefined,
  confirm: refuse,
  secret: refuse,
  input: () => Promise.resolve(new Uint8Array()),
  emit: () => undefined,
};

function refuse(question: string, option: string): Promise<never> {
  return Promise.reject(
    new DockerctlError({
      code: 'answer-needed',
      message: `This needs an answer, and nobody is asked: ${question}`,
      hint: `run the command by hand, with ${option}`,
    }),
  );
}
