import { certificateFile, type Entry } from '../../core/pki/entry.js';
import type { Place } from '../../core/pki/places.js';
import { DockerctlError, messageOf } from '../../errors.js';
import { bundleOf, findCurrent } from '../../system/authority-bundle.js';
import {
  prepareCertificates,
  storeCertificates,
  type IssuedCertificate,
} from '../../system/authority-issue.js';
import { readPlaces } from '../../system/authority-places.js';
import { dueEntries, renewalRequest } from '../../system/authority-renew.js';
import { openSigner } from '../../system/authority-signer.js';
import { openAuthority, type Authority } from '../../system/authority.js';
import { loadAuthorityProfile } from '../../system/certificate-profiles.js';
import { certificateData, untilText, type CertificateData } from '../certs-data.js';
import { PASSPHRASE_OPTIONS, passphraseAsker, PKI_OPTION, pkiFolder } from '../certs-options.js';
import { defineCommand, type Context, type Style } from '../command.js';

export interface RenewAnswer {
  readonly status: 'unchanged' | 'planned' | 'renewed';
  readonly certificates: readonly CertificateData[];
  /** Files outside the store that follow. */
  readonly placed: readonly string[];
  readonly notes: readonly string[];
  readonly now: number;
}

export const command = defineCommand({
  summary: 'Renew certificates: the same names, a new key',
  args: [{ name: 'NAME', describe: 'certificates as `certs list` calls them', many: true }],
  options: {
    due: { type: 'boolean', describe: 'all with less than a third of their life left' },
    'reuse-key': { type: 'boolean', describe: 'keep the key' },
    days: {
      type: 'number',
      placeholder: 'N',
      describe: 'how long it is valid (default: as before)',
    },
    ...PASSPHRASE_OPTIONS,
    ...PKI_OPTION,
  },
  examples: ['certs renew registry.example.com', 'certs renew --due'],
  async run(context, { args, options }): Promise<RenewAnswer> {
    const { host } = context;
    const folder = pkiFolder(context, options.pki);
    const authority = openAuthority(host, folder);
    const now = host.clock.now();
    const entries = chosen(authority, { names: args, due: options.due, now });
    const answer = { certificates: [], placed: [], notes: authority.notes, now };
    if (entries.length === 0) return { status: 'unchanged', ...answer };
    const { crlUrl } = loadAuthorityProfile(host);
    const signer = await openSigner(host, authority, {
      ask: passphraseAsker(context, options),
      crlUrl,
    });
    const wish = { reuseKey: options['reuse-key'], days: options.days ?? null };
    const requests = entries.map((entry) => renewalRequest(host, { folder, entry }, wish));
    const made = await prepareCertificates(host, signer, requests);
    const { dryRun, lockTimeoutMs: waitMs } = context.options;
    const storing = { folder, waitMs, replace: true, issuer: authority.issuer, renews: entries };
    const issued = dryRun ? made : await storeCertificates(host, made, storing);
    return {
      ...answer,
      status: dryRun ? 'planned' : issued.length > 0 ? 'renewed' : 'unchanged',
      certificates: issued.map(({ entry }) => certificateData(folder, entry)),
      placed: await putEverywhere(context, authority, issued),
      notes: [
        ...authority.notes,
        ...made.filter((one) => !issued.includes(one)).map(overtaken),
        ...new Set(issued.flatMap(({ notes }) => notes)),
      ],
    };
  },
  render,
});

const overtaken = ({ entry }: IssuedCertificate): string =>
  `another dockerctl renewed, replaced or revoked ${entry.name} meanwhile: it is left as it is now`;

interface Choice {
  readonly names: readonly string[];
  readonly due: boolean;
  readonly now: number;
}

function chosen(authority: Authority, { names, due, now }: Choice): Entry[] {
  if (names.length > 0 && !due) return names.map((name) => renewable(authority, name));
  if (due && names.length === 0) return dueEntries(authority, now);
  throw new DockerctlError({
    code: 'usage',
    message: 'certs renew takes names, or --due.',
    hint: 'dockerctl certs renew --due',
  });
}

function renewable(authority: Authority, name: string): Entry {
  const entry = findCurrent(authority, name);
  if (!authority.revoked.has(entry.serial)) return entry;
  throw new DockerctlError({
    code: 'invalid-value',
    message: `${entry.name} was revoked, and a renewal would bring it back.`,
    hint: `dockerctl certs issue --name ${entry.name} --domain NAME, with a new key`,
  });
}

/** Where copies are, they follow. What fails for one place does not keep the others from theirs. */
async function putEverywhere(
  context: Context,
  authority: Authority,
  issued: readonly IssuedCertificate[],
): Promise<string[]> {
  const places = readPlaces(context.host, authority.folder);
  const { putIntoPlace } = await import('../certs-place.js');
  const placed: string[] = [];
  const failures: string[] = [];
  for (const one of issued) {
    for (const place of places[one.entry.name] ?? []) {
      try {
        const bundles = [bundleOf(authority, one)];
        placed.push(
          ...(await putIntoPlace(context, { authority, bundles }, { place, force: true })),
        );
      } catch (error) {
        failures.push(failure(one, place, error));
      }
    }
  }
  if (failures.length === 0) return placed;
  throw new DockerctlError({
    code: 'file-not-writable',
    message: `The certificates were renewed, but not every copy could be replaced: ${failures.join('; ')}`,
    hint: 'mend the cause, then dockerctl certs deploy NAME --to DIR',
    details: { placed },
  });
}

const failure = ({ entry }: IssuedCertificate, { path }: Place, error: unknown): string =>
  `${certificateFile(entry)} at ${path}: ${messageOf(error)}`;

function render({ status, certificates, placed, notes, now }: RenewAnswer, style: Style): string {
  const done = status === 'planned' ? style.yellow('Would renew') : style.green('Renewed');
  return [
    ...(status === 'unchanged' ? ['Nothing is due.'] : []),
    ...certificates.map(
      (one) => `${done} ${style.bold(one.name)} until ${untilText(one.notAfter, now)}`,
    ),
    ...placed.map(
      (path) => `${status === 'planned' ? 'Would write' : style.green('Wrote')} ${path}`,
    ),
    ...notes.map((note) => style.dim(`Note: ${note}`)),
  ].join('\n');
}
