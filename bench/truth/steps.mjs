import { AGENT_STEPS } from './steps/agent.mjs';
import { BROKEN_STEPS } from './steps/broken.mjs';
import { CHANGE_STEPS } from './steps/change.mjs';
import { CONTAINER_STEPS } from './steps/containers.mjs';
import { FAULT_STEPS } from './steps/faults.mjs';
import { HAND_STEPS } from './steps/hand.mjs';
import { LIST_STEPS } from './steps/lists.mjs';
import { STORE_STEPS } from './steps/stores.mjs';
import { SYSTEMCTL_STEPS } from './steps/systemctl.mjs';
import { UNDO_STEPS } from './steps/undo.mjs';
import { UNIT_STEPS } from './steps/unit.mjs';

/**
 * Every kind of step: `run` takes it and answers `said` (what was done), `answers` (what is to be held against the world),
 * `lies` (found on the way), `mend` (takes the fault back afterwards). `kills`: it may end containers, and no wonder.
 */
export const STEPS = [
  ...HAND_STEPS,
  ...SYSTEMCTL_STEPS,
  ...CHANGE_STEPS,
  ...LIST_STEPS,
  ...UNDO_STEPS,
  ...CONTAINER_STEPS,
  ...FAULT_STEPS,
  ...UNIT_STEPS,
  ...BROKEN_STEPS,
  ...STORE_STEPS,
  ...AGENT_STEPS,
];
