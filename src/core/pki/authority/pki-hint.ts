import { shellWord } from '../../text/shell-word.js';

/** A hint whose commands that name no other are about the authority in `pki`, and not about the default one. */
export const forPki = (hint: string, pki: string | undefined): string =>
  pki === undefined
    ? hint
    : hint
        .split('`')
        .map((part) =>
          part.includes('--pki')
            ? part
            : part.replace(
                /\bdockerctl certs (?!inspect\b)[a-z]+/gu,
                (command) => `${command} --pki ${shellWord(pki)}`,
              ),
        )
        .join('`');
