import type { Statement } from '../../core/declaration/record.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import { bundleOf } from '../../system/authority/authority-bundle.js';
import { givenPath } from '../../system/files/given-path.js';
import type { Target } from './certs-place.js';
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
  const target = outTarget(context, options);
  if (target === null) return;
  const { planPlace } = await loadPlacing();
  await planPlace(context, bundlesOf(made), target);
}

/** Puts what is stored into the out folder; the paths that changed. `said` is what the declaration says by it. */
export async function putOut(
  context: Context,
  options: OutOptions,
  made: Made & { readonly said: (target: Target, bundles: readonly Bundle[]) => Statement[] },
): Promise<string[]> {
  const target = outTarget(context, options);
  if (target === null) return [];
  const { notPlaced, putIntoPlace } = await loadPlacing();
  const bundles = bundlesOf(made);
  const said = made.said(target, bundles);
  const placed = { authority: made.authority, bundles };
  return putIntoPlace(context, placed, { ...target, said }).catch((error: unknown) => {
    throw notPlaced(error, { bundles, target });
  });
}

export const bundlesOf = ({ authority, issued }: Omit<Made, 'notes'>): Bundle[] =>
  issued.map((one) => bundleOf(authority, one));

/** Late: what changes the machine costs as much to load as the certificate to make. */
export const loadPlacing = () => import('./certs-place.js');

const outTarget = ({ host }: Context, { out, force }: OutOptions): Target | null =>
  out === undefined ? null : { place: { kind: 'folder', path: givenPath(host, out) }, force };
