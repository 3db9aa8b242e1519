import type { FindingCode } from './finding-code.js';

/** What dockerd takes and does nothing with, or only at a start. */
export const EFFECT_CODES = {
  'no-effect': {
    severity: 'warning',
    meaning:
      'dockerd takes the value and does nothing with it, for what else is set or for what this machine is.',
    advice: 'Follow the message.',
  },
  'unknown-member': {
    severity: 'warning',
    meaning:
      'dockerd ignores a member of this name inside the object, or this engine does; in nri-opts it refuses it.',
    advice: 'Correct the spelling or remove it.',
  },
  'unknown-feature': {
    severity: 'warning',
    meaning: 'This engine knows no feature of this name.',
    advice: 'Correct the spelling or remove it.',
  },
  'reload-refused': {
    severity: 'warning',
    meaning:
      'dockerd starts with this file but refuses to reload it, with nothing but a line in its log.',
    advice: 'Follow the message.',
  },
} as const satisfies Readonly<Record<string, FindingCode>>;
