import { shellWord } from '../../text/shell-word.js';

/** A hint whose commands that name no other are about the authority in `pki`, and not about the default one. */
export const forPki = (hint: string, pki: string | undefined): string =>
  pki === undefined
    ? hint
    : hint.replace(
        /\bdockerctl certs (?!inspect\b)[a-z]+(?![^`]*--pki)/gu,
        `$& --pki ${shellWord(pki)}`,
      );
