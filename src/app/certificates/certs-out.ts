import type { Statement } from '../../core/declaration/record.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import { bundleOf } from '../../system/authority/authority-bundle.js';
import { givenPath } from '../../system/files/given-path.js';
import type { DeployRequest } from './deploy-certificates.js';
import type { Made } from './certs-signing.js';
import type { Context } from '../context/command.js';

/** What a command that makes certificates is told of the folder where they shall be too. */
export interface OutOptions {
  readonly out: string | undefined;
  readonly force: boolean;
}

/** What stands in the way in the out folder is told before anything is stored. */
export async function checkOut(
  context: Context,
  options: OutOptions,
  made: Omit<Made, 'notes'>,
): Promise<void> {
  const request = outRequest(context, options);
  if (request === null) return;
  const { planDeployTarget } = await loadDeploy();
  await planDeployTarget(context, bundlesOf(made), request);
}

/** Puts what is stored into the out folder; the paths that changed. `said` is what the declaration says by it. */
export async function putOut(
  context: Context,
  options: OutOptions,
  made: Made & {
    readonly said: (request: DeployRequest, bundles: readonly Bundle[]) => Statement[];
  },
): Promise<string[]> {
  const request = outRequest(context, options);
  if (request === null) return [];
  const { notDeployed, deployBundles } = await loadDeploy();
  const bundles = bundlesOf(made);
  const said = made.said(request, bundles);
  const placed = { authority: made.authority, bundles };
  return deployBundles(context, placed, { ...request, said }).catch((error: unknown) => {
    throw notDeployed(error, { bundles, target: request.target });
  });
}

export const bundlesOf = ({ authority, issued }: Omit<Made, 'notes'>): Bundle[] =>
  issued.map((one) => bundleOf(authority, one));

/** Late: what changes the machine costs as much to load as the certificate to make. */
export const loadDeploy = () => import('./deploy-certificates.js');

const outRequest = ({ host }: Context, { out, force }: OutOptions): DeployRequest | null =>
  out === undefined ? null : { target: { kind: 'folder', path: givenPath(host, out) }, force };
