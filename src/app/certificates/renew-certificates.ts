import type { CertificateEntry } from '../../core/pki/authority/entry.js';
import { DockerctlError } from '../../errors.js';
import { bundleOf, findCurrent } from '../../system/authority/authority-bundle.js';
import {
  prepareCertificates,
  storeCertificates,
  type IssuedCertificate,
} from '../../system/authority/authority-issue.js';
import { dueEntries, renewalRequest } from '../../system/authority/authority-renew.js';
import { openAuthority, type Authority } from '../../system/authority/authority.js';
import { type PassphraseOptions, pkiFolder } from '../context/certs-options.js';
import type { Context } from '../context/command.js';
import type { Copied } from './certs-copies.js';
import { signerOf } from './certs-signing.js';

export interface RenewOptions extends PassphraseOptions {
  readonly pki: string | undefined;
  /** As `certs list` calls them. */
  readonly names: readonly string[];
  /** All with less than a third of their life left, in place of names. */
  readonly due: boolean;
  readonly reuseKey: boolean;
  /** How long they are valid; null: as before. */
  readonly days: number | null;
}

export interface RenewResult {
  readonly renewed: readonly IssuedCertificate[];
  /** The folder of the authority. */
  readonly authority: string;
  /** Files outside the store that were replaced too. */
  readonly placed: readonly string[];
  readonly notes: readonly string[];
}

/** Renews certificates in the store, with a new key, and replaces their copies at every deploy target. */
export async function renewCertificates(
  context: Context,
  options: RenewOptions,
): Promise<RenewResult> {
  const authority = openAuthority(context.host, pkiFolder(context, options.pki));
  const entries = chosen(authority, options, context.host.clock.now());
  const { renewed, superseded } = await renew(context, options, { authority, entries });
  const { placed, notes } = await putCopiesOf(
    context,
    { authority, renewed, entries },
    options.due,
  );
  return {
    renewed,
    authority: authority.folder,
    placed,
    notes: [
      ...authority.notes,
      ...superseded.map(supersededNote),
      ...new Set(renewed.flatMap((one) => one.notes)),
      ...notes,
    ],
  };
}

interface ChosenEntries {
  readonly authority: Authority;
  readonly entries: readonly CertificateEntry[];
}

interface Renewal {
  readonly renewed: readonly IssuedCertificate[];
  /** What another dockerctl was faster with. */
  readonly superseded: readonly IssuedCertificate[];
}

async function renew(
  context: Context,
  options: RenewOptions,
  { authority, entries }: ChosenEntries,
): Promise<Renewal> {
  if (entries.length === 0) return { renewed: [], superseded: [] };
  const { host } = context;
  const { folder, issuer } = authority;
  const signer = await signerOf(context, options, authority);
  const requests = entries.map((entry) => renewalRequest(host, { folder, entry }, options));
  const made = await prepareCertificates(host, signer, requests);
  const { dryRun, lockTimeoutMs: waitMs } = context.options;
  const storing = { folder, waitMs, replace: true, issuer, renews: entries };
  const renewed = dryRun ? made : await storeCertificates(host, made, storing);
  return { renewed, superseded: made.filter((one) => !renewed.includes(one)) };
}

const supersededNote = ({ entry }: IssuedCertificate): string =>
  `another dockerctl renewed, replaced or revoked ${entry.name} meanwhile: it is left as it is now`;

/** Where copies are, they follow; `--due` also brings those up to date that an earlier renewal did not reach. */
async function putCopiesOf(
  context: Context,
  { authority, renewed, entries }: ChosenEntries & Pick<Renewal, 'renewed'>,
  due: boolean,
): Promise<Copied> {
  const { copiesOf, laggingCopies, putCopies } = await import('./certs-copies.js');
  const bundles = renewed.map((one) => bundleOf(authority, one));
  const untouched = authority.entries.filter((entry) => !entries.includes(entry));
  const lagging = due ? await laggingCopies(context, { ...authority, entries: untouched }) : [];
  return putCopies(context, authority, [...copiesOf(context, authority, bundles), ...lagging]);
}

function chosen(
  authority: Authority,
  { names, due }: Pick<RenewOptions, 'names' | 'due'>,
  now: number,
): CertificateEntry[] {
  if (names.length > 0 && !due) return names.map((name) => renewable(authority, name));
  if (due && names.length === 0) return dueEntries(authority, now);
  throw new DockerctlError({
    code: 'usage',
    message: 'certs renew takes names, or --due.',
    hint: 'dockerctl certs renew --due',
  });
}

function renewable(authority: Authority, name: string): CertificateEntry {
  const entry = findCurrent(authority, name);
  if (!authority.revoked.has(entry.serial)) return entry;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${entry.name} was revoked, and a renewal would bring it back.`,
    hint: `\`dockerctl certs issue --name ${entry.name} --domain NAME\`, with a new key`,
  });
}
