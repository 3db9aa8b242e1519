import type { Target } from './fuzz.js';
import { JSON_TARGETS } from './targets/json.js';
import { MACHINE_TARGETS } from './targets/machine.js';
import { PKI_TARGETS } from './targets/pki.js';
import { TRUST_TARGETS } from './targets/trust.js';
import { WORD_TARGETS } from './targets/words.js';

/** Every parser of what others wrote. A new parser is a new row. */
export const TARGETS: readonly Target[] = [
  ...JSON_TARGETS,
  ...PKI_TARGETS,
  ...TRUST_TARGETS,
  ...MACHINE_TARGETS,
  ...WORD_TARGETS,
];
