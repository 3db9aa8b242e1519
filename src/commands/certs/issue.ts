import type { Bundle } from '../../core/pki/authority/bundle.js';
import { beginAuthority, emptyAuthority } from '../../system/authority/authority-begin.js';
import { prepareAuthority } from '../../system/authority/authority-init.js';
import { prepareCertificates, type IssueRequest } from '../../system/authority/authority-issue.js';
import { assertNotLost, hasAuthority } from '../../system/authority/authority.js';
import { notesOfOrder, readAuthorityOrder } from '../../app/certificates/certs-authority.js';
import { certificateData, untilText, type CertificateData } from '../text/certs-data.js';
import {
  KEY_TYPE_OPTION,
  PASSPHRASE_OPTIONS,
  PKI_OPTION,
  pkiFolder,
} from '../../app/context/certs-options.js';
import { bundlesOf, checkOut, putOut } from '../../app/certificates/certs-out.js';
import type { DeployRequest } from '../../app/certificates/deploy-certificates.js';
import { targetStatements, planIssueRecord } from '../../app/certificates/certs-record.js';
import { readRequests } from '../../app/certificates/certs-requests.js';
import { signAndStore, type Made } from '../../app/certificates/certs-signing.js';
import {
  defineCommand,
  type Context,
  type OptionValues,
  type Style,
} from '../../app/context/command.js';

const OPTIONS = {
  domain: { type: 'list', placeholder: 'D', describe: 'a host name, *.example.com too' },
  ip: { type: 'list', placeholder: 'A', describe: 'an IP address' },
  email: { type: 'list', placeholder: 'M', describe: 'a mail address' },
  uri: { type: 'list', placeholder: 'U', describe: 'a URI' },
  name: {
    type: 'string',
    placeholder: 'NAME',
    describe:
      'what its files are called (default: the first name); of a client also its common name',
  },
  subject: {
    type: 'string',
    placeholder: 'NAMES',
    describe: 'more of its subject: "O=Example Ltd"',
  },
  profile: {
    type: 'string',
    default: 'registry',
    placeholder: 'P',
    describe: 'registry, harbor, dockerd, client, or one of /etc/dockerctl/certs',
  },
  ...KEY_TYPE_OPTION,
  days: { type: 'number', placeholder: 'N', describe: 'how long it is valid (default 397)' },
  batch: {
    type: 'string',
    placeholder: 'FILE',
    describe: 'many at once: a certificate a line, its names separated by spaces',
  },
  out: { type: 'string', placeholder: 'DIR', describe: 'put key, certificate and chain there too' },
  install: { type: 'boolean', describe: 'let the docker of this machine trust these names' },
  init: { type: 'boolean', describe: 'make the authority first when there is none' },
  force: { type: 'boolean', describe: 'replace the one of the same name; the old one is kept' },
  ...PASSPHRASE_OPTIONS,
  ...PKI_OPTION,
} as const;

type Options = OptionValues<typeof OPTIONS>;

export interface IssueAnswer {
  readonly status: 'issued' | 'planned';
  readonly certificates: readonly CertificateData[];
  readonly authority: string;
  /** Files outside the store. */
  readonly placed: readonly string[];
  readonly notes: readonly string[];
}

export const command = defineCommand({
  summary: 'Issue a certificate for a server or a client',
  args: [],
  options: OPTIONS,
  examples: [
    'certs issue --domain registry.example.com --domain 192.0.2.10',
    'certs issue --init --domain registry.example.com --out /srv/registry/tls',
    'certs issue --profile client --name ci-runner --out .',
    'certs issue --batch names.txt',
  ],
  async run(context, { options }): Promise<IssueAnswer> {
    const { requests, notes } = readRequests(context, options);
    const store = pkiFolder(context, options.pki);
    const record = await planIssueRecord(context, requests, { folder: store, options });
    const made = await issueAll(context, options, requests);
    if (record.changes.length > 0) await (await loadChange()).applyChange(context, record);
    const { placed, notes: told } = await place(context, options, made);
    const { folder } = made.authority;
    return {
      status: context.options.dryRun ? 'planned' : 'issued',
      certificates: made.issued.map(({ entry }) => certificateData(folder, entry)),
      authority: folder,
      placed,
      notes: [
        ...new Set([
          ...made.notes,
          ...notes,
          ...record.notes,
          ...told,
          ...made.issued.flatMap((one) => one.notes),
        ]),
      ],
    };
  },
  render,
});

type DeployedBundles = Pick<IssueAnswer, 'placed' | 'notes'>;
type Requests = readonly IssueRequest[];

/** By the authority that is there, or by a new one where there is none and `--init` asks for it. */
function issueAll(context: Context, options: Options, requests: Requests): Promise<Made> {
  const folder = pkiFolder(context, options.pki);
  assertNotLost(context.host, folder);
  return options.init && !hasAuthority(context.host, folder)
    ? issueFirst(context, options, requests)
    : issueMore(context, options, requests);
}

const issueMore = (context: Context, options: Options, requests: Requests): Promise<Made> =>
  signAndStore(context, options, {
    requests,
    check: (made) => checkTargets(context, options, made),
  });

async function issueFirst(context: Context, options: Options, requests: Requests): Promise<Made> {
  const { host } = context;
  const { dryRun, lockTimeoutMs: waitMs } = context.options;
  const order = await readAuthorityOrder(context, {
    'key-type': options['key-type'],
    'passphrase-file': options['passphrase-file'],
    'passphrase-fd': options['passphrase-fd'],
  });
  const fresh = await prepareAuthority(host, order);
  const authority = emptyAuthority(pkiFolder(context, options.pki), fresh);
  const issued = await prepareCertificates(host, fresh.signer, requests);
  await checkTargets(context, options, { authority, issued });
  const begun = dryRun || (await beginAuthority(host, { ...fresh, authority, issued }, waitMs));
  if (!begun) return issueMore(context, options, requests);
  return {
    authority,
    issued,
    notes: [
      `${dryRun ? 'would make' : 'made'} the authority in ${authority.folder}`,
      ...notesOfOrder(order),
    ],
  };
}

/** What stands in the way of the certificates is told before anything is stored. */
async function checkTargets(
  context: Context,
  options: Options,
  made: Omit<Made, 'notes'>,
): Promise<void> {
  await checkOut(context, options, made);
  if (options.install) await (await loadTrust()).planTrustHere(context, bundlesOf(made));
}

async function place(context: Context, options: Options, made: Made): Promise<DeployedBundles> {
  const { folder } = made.authority;
  const said = ({ target }: DeployRequest, bundles: readonly Bundle[]) =>
    targetStatements(context, bundles, { folder, target });
  const placed = await putOut(context, options, { ...made, said });
  if (!options.install) return { placed, notes: [] };
  const { trustHere } = await loadTrust();
  const { changes, notes } = await trustHere(context, bundlesOf(made));
  return { placed: [...placed, ...changes.map(({ path }) => path)], notes };
}

const loadTrust = () => import('../../app/certificates/certs-trust.js');
const loadChange = () => import('../../app/change/change.js');

function render(answer: IssueAnswer, style: Style): string {
  const { certificates, notes, placed, status } = answer;
  const done = status === 'issued' ? style.green('Issued') : style.yellow('Would issue');
  const many = certificates.length > 3;
  return [
    ...(many ? [`${done} ${certificates.length} certificates into ${answer.authority}/certs`] : []),
    ...(many ? [] : certificates).flatMap((one) => [
      `${done} ${style.bold(one.name)} for ${one.names.join(', ')}`,
      `  ${one.keyType}, valid until ${untilText(one)}`,
      `  ${one.certificate}`,
      `  ${one.key}`,
    ]),
    ...placed.map(
      (path) => `${status === 'issued' ? style.green('Wrote') : 'Would write'} ${path}`,
    ),
    ...notes.map((note) => style.dim(`Note: ${note}`)),
  ].join('\n');
}
