import {
  type IssuedCertificate,
  type IssueRequest,
  prepareCertificates,
} from '../../system/authority/authority-issue.js';
import { beginAuthority, emptyAuthority } from '../../system/authority/authority-begin.js';
import { prepareAuthority } from '../../system/authority/authority-init.js';
import { readDeployTargets } from '../../system/authority/deploy/deploy-targets.js';
import { publicRootPath, publishRoot } from '../../system/authority/public-root.js';
import { assertNotLost, hasAuthority } from '../../system/authority/authority.js';
import { shellWord } from '../../core/text/shell-word.js';
import type { Host } from '../../host/host.js';
import { refusePrivateWorld } from '../../system/history/state-access.js';
import { type PassphraseOptions, pkiFolder } from '../context/certs-options.js';
import type { Context } from '../context/command.js';
import { notesOfOrder, readAuthorityOrder } from './certs-authority.js';
import { bundlesOf, type OutOptions, outRequest, placeBesides, planBesides } from './certs-out.js';
import { issueStatements, targetStatements } from './certs-record.js';
import { type LeafOptions, readRequests } from './certs-requests.js';
import { type Made, signAndStore, type UnwrittenCertificates } from './certs-signing.js';

export interface IssueOptions extends LeafOptions, OutOptions, PassphraseOptions {
  readonly pki: string | undefined;
  /** For this user alone, though the dockerd here is root's. */
  readonly user: boolean;
  /** Let the docker of this machine trust the names. */
  readonly install: boolean;
  /** Make the authority first when there is none. */
  readonly init: boolean;
}

export interface IssueResult {
  readonly issued: readonly IssuedCertificate[];
  /** The folder of the authority. */
  readonly authority: string;
  /** Paths that changed outside the store. */
  readonly placed: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Issues certificates into the store. What is wanted besides (an out folder, trust of this machine, the declaration) is
 * planned before anything is stored, and done in one transaction afterwards.
 */
export async function issueCertificates(
  context: Context,
  options: IssueOptions,
): Promise<IssueResult> {
  const { requests, notes } = readRequests(context, options);
  const made = await issueAll(context, options, requests);
  const besides = await placeBesides(context, made);
  if (made.isFirst === true && !context.options.dryRun)
    publishRoot(context.host, made.authority.folder, made.authority.root);
  return {
    issued: made.issued,
    authority: made.authority.folder,
    placed: besides.placed,
    notes: [
      ...new Set([
        ...made.notes,
        ...notes,
        ...besides.notes,
        ...made.issued.flatMap((one) => one.notes),
        ...nextSteps(context.host, made, options),
      ]),
    ],
  };
}

/** What is left to do: who has an older copy, where the server reads the pair, and what its clients are given. */
function nextSteps(host: Host, { authority, issued }: Made, options: IssueOptions): string[] {
  const [one] = issued.map(({ entry }) => entry);
  if (issued.length !== 1 || one === undefined || options.out !== undefined) return [];
  const targets = readDeployTargets(host, authority.folder).get(one.name) ?? [];
  const at = options.pki === undefined ? '' : ` --pki ${shellWord(options.pki)}`;
  const command = `dockerctl certs deploy ${shellWord(one.name)}${at}`;
  if (targets.length > 0)
    return targets.map(
      ({ kind, path }) =>
        `${path} still has the one before: ${command} --${kind === 'folder' ? 'to' : kind} ${shellWord(path)}`,
    );
  if (!one.usages.includes('server')) return [];
  const published = publicRootPath(host);
  const ca = host.fs.stat(published) !== null && options.pki === undefined ? published : null;
  return [
    `next: ${command} --registry CONFIG.yml, --harbor DIR or --to DIR, on the machine of the server`,
    `clients trust it by ${ca ?? `${authority.folder}/ca.crt`}: dockerctl trust add-registry HOST:PORT --ca ca.crt; on this machine without --ca`,
  ];
}

type Requests = readonly IssueRequest[];

/** By the authority that is there, or by a new one where there is none and `init` asks for it. */
function issueAll(context: Context, options: IssueOptions, requests: Requests): Promise<Made> {
  const folder = pkiFolder(context, options.pki);
  assertNotLost(context.host, folder);
  const isFirst = options.init && !hasAuthority(context.host, folder);
  if (isFirst && options.pki === undefined)
    refusePrivateWorld(context.host, { user: options.user, command: context.commandLine });
  return isFirst ? issueFirst(context, options, requests) : issueMore(context, options, requests);
}

async function issueMore(
  context: Context,
  options: IssueOptions,
  requests: Requests,
): Promise<Made> {
  const recording = recordingOf(context, options, requests);
  const plan = (unwritten: UnwrittenCertificates) =>
    planBesides(context, options, { ...unwritten, statements: recording.statements(unwritten) });
  const made = await signAndStore(context, options, { requests, plan });
  return { ...made, notes: [...made.notes, ...recording.notes] };
}

async function issueFirst(
  context: Context,
  options: IssueOptions,
  requests: Requests,
): Promise<Made> {
  const { host } = context;
  const { dryRun, lockTimeoutMs: waitMs } = context.options;
  const recording = recordingOf(context, options, requests);
  const order = await readAuthorityOrder(context, {
    'key-type': options['key-type'],
    'passphrase-file': options['passphrase-file'],
    'passphrase-fd': options['passphrase-fd'],
  });
  const fresh = await prepareAuthority(host, order);
  const authority = emptyAuthority(pkiFolder(context, options.pki), fresh);
  const issued = await prepareCertificates(host, fresh.signer, requests);
  const statements = recording.statements({ authority, issued });
  const placement = await planBesides(context, options, { authority, issued, statements });
  const begun = dryRun || (await beginAuthority(host, { ...fresh, authority, issued }, waitMs));
  if (!begun) return issueMore(context, options, requests);
  const done = dryRun ? 'would make' : 'made';
  return {
    authority,
    issued,
    placement,
    isFirst: true,
    notes: [
      `${done} the authority in ${authority.folder}`,
      ...notesOfOrder(order),
      ...recording.notes,
    ],
  };
}

/** What the declaration says by it: the certificates, and where they are deployed. */
function recordingOf(context: Context, options: IssueOptions, requests: Requests) {
  const folder = pkiFolder(context, options.pki);
  const { statements, notes } = issueStatements(context, requests, { folder, options });
  return {
    notes,
    statements: (unwritten: UnwrittenCertificates) => {
      const target = outRequest(context, options)?.target;
      if (target === undefined) return statements;
      const deployed = targetStatements(context, bundlesOf(unwritten), { folder, target });
      return [...statements, ...deployed];
    },
  };
}
