import type { Signer } from '../../core/pki/authority/issue.js';
import {
  prepareCertificates,
  storeCertificates,
  type IssuedCertificate,
  type IssueRequest,
} from '../../system/authority/authority-issue.js';
import { openSigner } from '../../system/authority/authority-signer.js';
import { openAuthority, type Authority } from '../../system/authority/authority.js';
import { loadAuthorityProfile } from '../../system/authority/certificate-profiles.js';
import { passphraseAsker, pkiFolder, type PassphraseOptions } from '../context/certs-options.js';
import type { Context } from '../context/command.js';
import type { PlacementPlan } from './place-certificates.js';

/** The authority with its key opened: by what the options name, else by the person at the terminal. */
export function signerOf(
  context: Context,
  options: PassphraseOptions,
  authority: Authority,
): Promise<Signer> {
  const { crlUrl, caUrl = null } = loadAuthorityProfile(context.host);
  const ask = passphraseAsker(context, options);
  return openSigner(context.host, authority, { ask, crlUrl, caUrl });
}

/** Certificates that are signed and not stored yet. */
export interface UnwrittenCertificates {
  readonly authority: Authority;
  readonly issued: readonly IssuedCertificate[];
}

/** Certificates in the store, and what is still to be done besides. */
export interface Made extends UnwrittenCertificates {
  readonly placement: PlacementPlan | null;
  /** The authority was made with them. */
  readonly isFirst?: boolean;
  readonly notes: readonly string[];
}

export interface SigningOrder {
  readonly requests: readonly IssueRequest[];
  /** Plans what is wanted besides the store. @throws what would prevent that, before anything is written */
  readonly plan: (unwritten: UnwrittenCertificates) => Promise<PlacementPlan | null>;
}

interface SigningOptions extends PassphraseOptions {
  readonly pki: string | undefined;
  readonly force: boolean;
}

/** Certificates of the authority that is there, put into its store. */
export async function signAndStore(
  context: Context,
  options: SigningOptions,
  { requests, plan }: SigningOrder,
): Promise<Made> {
  const { host } = context;
  const { dryRun, lockTimeoutMs: waitMs } = context.options;
  const authority = openAuthority(host, pkiFolder(context, options.pki));
  const signer = await signerOf(context, options, authority);
  const issued = await prepareCertificates(host, signer, requests);
  const placement = await plan({ authority, issued });
  const { folder, issuer, notes } = authority;
  const storing = { folder, waitMs, replace: options.force, issuer };
  if (!dryRun) await storeCertificates(host, issued, storing);
  return { authority, issued, placement, notes };
}
