import { withoutDeployTarget } from '../../core/pki/authority/deploy-targets.js';
import { DockerctlError } from '../../errors.js';
import { openAuthority } from '../../system/authority/authority.js';
import {
  forgetDeployTarget,
  readDeployTargets,
} from '../../system/authority/deploy/deploy-targets.js';
import { givenPath } from '../../system/files/given-path.js';
import { PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { defineCommand, type Context } from '../../app/context/command.js';
import { renderTable } from '../text/table.js';

interface Target {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
}

export interface TargetsAnswer {
  readonly targets: readonly Target[];
  /** What was taken off the list; null: it was only looked at. */
  readonly removed: Target | null;
}

export const command = defineCommand({
  summary: 'List where certificates were put, or take a place off that list',
  args: [
    { name: 'list|remove', describe: 'default: list' },
    { name: 'NAME', describe: 'of the certificate, as `certs list` calls it' },
    { name: 'PATH', describe: 'the place, as the list shows it: renewals no longer go there' },
  ],
  options: PKI_OPTION,
  examples: ['certs targets', 'certs targets remove registry.example.com /etc/nginx/tls'],
  async run(context, { args: [verb = 'list', name, path], options }): Promise<TargetsAnswer> {
    const folder = pkiFolder(context, options.pki);
    openAuthority(context.host, folder);
    if (verb === 'list') return { targets: listed(context, folder, name), removed: null };
    if (verb !== 'remove' || name === undefined || path === undefined) throw misused();
    const removed = await remove(context, folder, { name, path });
    return { targets: listed(context, folder, undefined), removed };
  },
  render: ({ targets, removed }, style) => {
    if (removed !== null)
      return `Removed ${removed.path} from the places of ${removed.name}: its files stay, and are not renewed any more.`;
    return targets.length === 0
      ? 'No certificate was put anywhere besides the store.'
      : renderTable(
          ['NAME', 'KIND', 'PATH'],
          targets.map((one) => [one.name, one.kind, one.path]),
          style,
        );
  },
});

function listed({ host }: Context, folder: string, name: string | undefined): Target[] {
  return [...readDeployTargets(host, folder)]
    .filter(([owner]) => name === undefined || owner === name)
    .flatMap(([owner, targets]) => targets.map(({ kind, path }) => ({ name: owner, kind, path })));
}

async function remove(
  context: Context,
  folder: string,
  { name, path: typed }: { readonly name: string; readonly path: string },
): Promise<Target> {
  const { host, options } = context;
  const known = readDeployTargets(host, folder);
  const path = givenPath(host, typed);
  const target = (known.get(name) ?? []).find((one) => one.path === path);
  if (target === undefined || withoutDeployTarget(known, name, path) === null)
    throw new DockerctlError({
      code: 'not-found',
      message: `${name} was not put into ${path}.`,
      hint: 'dockerctl certs targets list',
    });
  const store = { folder, waitMs: options.lockTimeoutMs };
  if (!options.dryRun) await forgetDeployTarget(host, store, { name, path });
  return { name, kind: target.kind, path };
}

function misused(): DockerctlError {
  return new DockerctlError({
    code: 'usage',
    message: 'certs targets takes list, or remove with the name of a certificate and a path.',
    hint: 'dockerctl certs targets remove NAME PATH',
  });
}
