import type { Finding } from '../finding.js';
import { changeFamily } from './change.js';
import { configFamily } from './config.js';
import { credentialsFamily } from './credentials.js';
import { daemonFamily } from './daemon.js';
import { exposureFamily } from './exposure.js';
import type { DoctorFacts, Family } from './facts.js';
import { certsFamily, storeFamily } from './trust.js';

/** In the order in which they are read: what keeps dockerd from running first. */
const FAMILIES: readonly Family[] = [
  daemonFamily,
  configFamily,
  changeFamily,
  certsFamily,
  storeFamily,
  exposureFamily,
  credentialsFamily,
];

export interface Examined {
  readonly name: string;
  readonly ok: string;
  readonly findings: readonly Finding[];
}

/** Every family's findings; pure, so that what was seen can be examined anywhere. */
export function examine(facts: DoctorFacts): Examined[] {
  return FAMILIES.map(({ name, ok, find }) => ({ name, ok, findings: find(facts) }));
}
