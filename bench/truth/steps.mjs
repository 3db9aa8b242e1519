import { CHANGE_STEPS } from './steps/change.mjs';
import { CONTAINER_STEPS } from './steps/containers.mjs';
import { FAULT_STEPS } from './steps/faults.mjs';
import { HAND_STEPS } from './steps/hand.mjs';
import { SYSTEMCTL_STEPS } from './steps/systemctl.mjs';

/** Every kind of step: `run` takes it and answers what was done and which answers are to be judged. */
export const STEPS = [
  ...HAND_STEPS,
  ...SYSTEMCTL_STEPS,
  ...CHANGE_STEPS,
  ...CONTAINER_STEPS,
  ...FAULT_STEPS,
];
