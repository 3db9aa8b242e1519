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

/** The authority with its key opened: by what the options name, else by the person at the terminal. */
export function signerOf(
  context: Context,
  options: PassphraseOptions,
  authority: Authority,
): Promise<Signer> {
  const { crlUrl } = loadAuthorityProfile(context.host);
  return openSigner(context.host, authority, { ask: passphraseAsker(context, options), crlUrl });
}

export interface Made {
  readonly authority: Authority;
  readonly issued: readonly IssuedCertificate[];
  readonly notes: readonly string[];
}

export interface Order {
  readonly requests: readonly IssueRequest[];
  /** Throws what would stand in the way later, before anything is written. */
  readonly check: (made: Omit<Made, 'notes'>) => Promise<void>;
}

interface SigningOptions extends PassphraseOptions {
  readonly pki: string | undefined;
  readonly force: boolean;
}

/** Certificates of the authority that is there, put into its store. */
export async function signAndStore(
  context: Context,
  options: SigningOptions,
  { requests, check }: Order,
): Promise<Made> {
  const { host } = context;
  const { dryRun, lockTimeoutMs: waitMs } = context.options;
  const authority = openAuthority(host, pkiFolder(context, options.pki));
  const signer = await signerOf(context, options, authority);
  const issued = await prepareCertificates(host, signer, requests);
  await check({ authority, issued });
  const { folder, issuer, notes } = authority;
  const storing = { folder, waitMs, replace: options.force, issuer };
  if (!dryRun) await storeCertificates(host, issued, storing);
  return { authority, issued, notes };
}
