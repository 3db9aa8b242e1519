import type { Command } from '../commands/command.js';

/** Any command file: its options and answer are its own business. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a table of commands with different options and answers
export type AnyCommand = Command<any, any>;

export type Load = () => Promise<{ readonly command: AnyCommand }>;

interface Noun {
  readonly summary: string;
  readonly verbs: Readonly<Record<string, Load>>;
}

/** Commands of one word. The summary stands here too, so that help need not load them (a test compares). */
export const SINGLE_COMMANDS: Readonly<
  Record<string, { readonly summary: string; readonly load: Load }>
> = {};

/** Every command of two words. A row is loaded only when it is called, or for its noun's help. */
export const NOUNS: Readonly<Record<string, Noun>> = {
  config: {
    summary: 'read and change daemon.json',
    verbs: {
      get: () => import('../commands/config/get.js'),
      set: () => import('../commands/config/set.js'),
      unset: () => import('../commands/config/unset.js'),
      history: () => import('../commands/config/history.js'),
      rollback: () => import('../commands/config/rollback.js'),
    },
  },
};
