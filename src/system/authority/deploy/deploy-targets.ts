import { join } from 'node:path';
import {
  formatDeployTargets,
  parseDeployTargets,
  withDeployTarget,
  withoutDeployTarget,
  type DeployTarget,
  type DeployTargets,
} from '../../../core/pki/authority/deploy-targets.js';
import { DockerctlError } from '../../../errors.js';
import type { Host } from '../../../host/host.js';
import { withAuthorityLock } from '../authority.js';
import { replaceDurably } from '../../history/journal.js';

const DEPLOY_TARGETS = 'places.json';

/** Throws `invalid-value` for a damaged file: certificates would silently no longer be renewed where they are used. */
export function readDeployTargets(host: Host, folder: string): DeployTargets {
  const path = join(folder, DEPLOY_TARGETS);
  if (host.fs.stat(path) === null) return new Map();
  const targets = parseDeployTargets(Buffer.from(host.fs.read(path)).toString('utf8'));
  if (targets !== null) return targets;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${path} is damaged: it says where certificates were put, and renewals would not reach those places.`,
    hint: `move it away, and put them there again with \`dockerctl certs deploy NAME --to DIR\``,
  });
}

export function rememberDeployTarget(
  host: Host,
  { folder, waitMs }: { readonly folder: string; readonly waitMs: number },
  { names, target }: { readonly names: readonly string[]; readonly target: DeployTarget },
): Promise<void> {
  return withAuthorityLock(host, { folder, waitMs }, () => {
    const targets = names.reduce(
      (all, name) => withDeployTarget(all, name, target),
      readDeployTargets(host, folder),
    );
    replaceDurably(host, join(folder, DEPLOY_TARGETS), formatDeployTargets(targets));
  });
}

/** Renewals do not go there any more; the files stay. */
export function forgetDeployTarget(
  host: Host,
  { folder, waitMs }: { readonly folder: string; readonly waitMs: number },
  { name, path }: { readonly name: string; readonly path: string },
): Promise<void> {
  return withAuthorityLock(host, { folder, waitMs }, () => {
    const left = withoutDeployTarget(readDeployTargets(host, folder), name, path);
    if (left !== null)
      replaceDurably(host, join(folder, DEPLOY_TARGETS), formatDeployTargets(left));
  });
}
