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
import type { Copied } from '../../app/certificates/certs-copies.js';
import { certificateData, untilText, type CertificateData } from '../text/certs-data.js';
import { PASSPHRASE_OPTIONS, PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { signerOf } from '../../app/certificates/certs-signing.js';
import {
  defineCommand,
  type Context,
  type OptionValues,
  type Style,
} from '../../app/context/command.js';

const OPTIONS = {
  due: { type: 'boolean', describe: 'all with less than a third of their life left' },
  'reuse-key': { type: 'boolean', describe: 'keep the key' },
  days: {
    type: 'number',
    placeholder: 'N',
    describe: 'how long it is valid (default: as before)',
  },
  ...PASSPHRASE_OPTIONS,
  ...PKI_OPTION,
} as const;

type Options = OptionValues<typeof OPTIONS>;

export interface RenewAnswer {
  readonly status: 'unchanged' | 'planned' | 'renewed';
  readonly certificates: readonly CertificateData[];
  /** Files outside the store that follow. */
  readonly placed: readonly string[];
  readonly notes: readonly string[];
}

export const command = defineCommand({
  summary: 'Renew certificates: the same names, a new key',
  args: [{ name: 'NAME', describe: 'certificates as `certs list` calls them', many: true }],
  options: OPTIONS,
  examples: ['certs renew registry.example.com', 'certs renew --due'],
  async run(context, { args, options }): Promise<RenewAnswer> {
    const { host } = context;
    const authority = openAuthority(host, pkiFolder(context, options.pki));
    const entries = chosen(authority, {
      names: args,
      due: options.due,
      now: host.clock.now(),
    });
    const { renewed, superseded } = await renew(context, options, { authority, entries });
    const { placed, notes } = await putCopiesOf(
      context,
      { authority, renewed, entries },
      options.due,
    );
    const done = renewed.length + placed.length > 0;
    return {
      status: !done ? 'unchanged' : context.options.dryRun ? 'planned' : 'renewed',
      certificates: renewed.map(({ entry }) => certificateData(authority.folder, entry)),
      placed,
      notes: [
        ...authority.notes,
        ...superseded.map(supersededNote),
        ...new Set(renewed.flatMap((one) => one.notes)),
        ...notes,
      ],
    };
  },
  render,
});

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
  options: Options,
  { authority, entries }: ChosenEntries,
): Promise<Renewal> {
  if (entries.length === 0) return { renewed: [], superseded: [] };
  const { host } = context;
  const { folder, issuer } = authority;
  const signer = await signerOf(context, options, authority);
  const renewal = { reuseKey: options['reuse-key'], days: options.days ?? null };
  const requests = entries.map((entry) => renewalRequest(host, { folder, entry }, renewal));
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
  const { copiesOf, laggingCopies, putCopies } =
    await import('../../app/certificates/certs-copies.js');
  const bundles = renewed.map((one) => bundleOf(authority, one));
  const untouched = authority.entries.filter((entry) => !entries.includes(entry));
  const lagging = due ? await laggingCopies(context, { ...authority, entries: untouched }) : [];
  return putCopies(context, authority, [...copiesOf(context, authority, bundles), ...lagging]);
}

interface Choice {
  readonly names: readonly string[];
  readonly due: boolean;
  readonly now: number;
}

function chosen(authority: Authority, { names, due, now }: Choice): CertificateEntry[] {
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
    hint: `dockerctl certs issue --name ${entry.name} --domain NAME, with a new key`,
  });
}

function render({ status, certificates, placed, notes }: RenewAnswer, style: Style): string {
  const done = status === 'planned' ? style.yellow('Would renew') : style.green('Renewed');
  return [
    ...(status === 'unchanged' ? ['Nothing is due.'] : []),
    ...certificates.map((one) => `${done} ${style.bold(one.name)} until ${untilText(one)}`),
    ...placed.map(
      (path) => `${status === 'planned' ? 'Would write' : style.green('Wrote')} ${path}`,
    ),
    ...notes.map((note) => style.dim(`Note: ${note}`)),
  ].join('\n');
}
