import { CERTIFICATE_DEFECTS } from './defects/certificates.js';
import { CONFIG_DEFECTS } from './defects/config.js';
import { DAEMON_DEFECTS } from './defects/daemon.js';
import { MACHINE_DEFECTS } from './defects/machine.js';
import type { Defect } from './defects/defect.js';

/** What can be wrong with a docker host, one at a time; each is found by its own code. */
export const DEFECTS: readonly Defect[] = [
  ...DAEMON_DEFECTS,
  ...CONFIG_DEFECTS,
  ...CERTIFICATE_DEFECTS,
  ...MACHINE_DEFECTS,
];
