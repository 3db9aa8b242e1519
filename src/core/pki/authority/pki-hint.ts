import { shellWord } from '../../text/shell-word.js';

/** A hint whose commands are about the authority in `pki`, and not about the default one. */
export const forPki = (hint: string, pki: string | undefined): string =>
  pki === undefined
    ? hint
    : hint.replace(/\bdockerctl certs (?!inspect\b)[a-z]+/gu, `$& --pki ${shellWord(pki)}`);
