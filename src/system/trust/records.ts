import { join } from 'node:path';
import { statePaths } from '../../core/transaction/state-paths.js';
import type { Host } from '../../host/host.js';

/** Where what trust replaced is kept: with everything else that is dockerctl's own. */
export function recordsOf({ self }: Host): string {
  return join(statePaths(self).stateFolder, 'replaced');
}
