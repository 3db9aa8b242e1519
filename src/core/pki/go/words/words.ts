import type { Refusal, RefusalCode } from '../rules/refusal.js';
import { PARSE_WORDS } from './parse-words.js';
import { VERIFY_WORDS } from './verify-words.js';

/** Whose certificates they are. */
export interface NamedServer {
  /** The registry as images name it, or the host that clients connect to. */
  readonly name: string;
  /** The command that makes a certificate for it. */
  readonly issue: string;
}

export interface Words {
  /** A clause: what is wrong. */
  readonly says: string;
  /** What to type. */
  readonly advice: (place: NamedServer) => string;
}

const ALL: Readonly<Record<RefusalCode, Words>> = { ...PARSE_WORDS, ...VERIFY_WORDS };

export const wordsFor = (code: RefusalCode): Words => ALL[code];

export const sentenceOf = ({ code, detail }: Refusal): string => `${ALL[code].says}: ${detail}`;
