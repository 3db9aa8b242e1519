import type { DeclaredStatement } from '../../core/declaration/record.js';
import { isRecord } from '../../core/plan/plan.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import { bundleOf } from '../../system/authority/authority-bundle.js';
import { hasDeclaration } from '../../system/machine/declaration-files.js';
import { givenPath } from '../../system/files/given-path.js';
import type { DeployRequest } from './deploy-certificates.js';
import type { UnwrittenCertificates, Made } from './certs-signing.js';
import type { PlacementPlan, PlacementRequest } from './place-certificates.js';
import type { Context } from '../context/command.js';

/** The options of a command that makes certificates which say where they shall be besides the store. */
export interface OutOptions {
  readonly out: string | undefined;
  readonly force: boolean;
  readonly install?: boolean;
}

/** What a command asks for besides the store; null where that is nothing, so that nothing more is loaded. */
export async function planBesides(
  context: Context,
  options: OutOptions,
  made: UnwrittenCertificates & { readonly statements: readonly DeclaredStatement[] },
): Promise<PlacementPlan | null> {
  const request: PlacementRequest = {
    out: outRequest(context, options),
    install: options.install === true,
    statements: made.statements,
  };
  const records = context.options.record || hasDeclaration(context.host);
  const says = records && request.statements.length > 0;
  if (request.out === null && !request.install && !says) return null;
  const { planPlacement } = await loadPlacement();
  return planPlacement(context, bundlesOf(made), request);
}

/** Does it, once the certificates are stored. The paths that changed, and what is to be known of it. */
export async function placeBesides(
  context: Context,
  { authority, placement }: Pick<Made, 'authority' | 'placement'>,
): Promise<{ readonly placed: readonly string[]; readonly notes: readonly string[] }> {
  if (placement === null) return { placed: [], notes: [] };
  const { applyPlacement } = await loadPlacement();
  const { changes, notes } = await applyPlacement(context, authority, placement);
  const placed = changes.filter((change) => !isRecord(change)).map(({ path }) => path);
  return { placed, notes };
}

export const bundlesOf = ({ authority, issued }: UnwrittenCertificates): Bundle[] =>
  issued.map((one) => bundleOf(authority, one));

/** Late: what changes the machine costs as much to load as the certificate to make. */
const loadPlacement = () => import('./place-certificates.js');

/** The folder named by `--out`. */
export const outRequest = ({ host }: Context, { out, force }: OutOptions): DeployRequest | null =>
  out === undefined ? null : { target: { kind: 'folder', path: givenPath(host, out) }, force };
