import type { DeclaredStatement } from '../../core/declaration/record.js';
import { certificate } from '../../core/declaration/statements.js';
import type { Bundle } from '../../core/pki/authority/bundle.js';
import type { DeployTarget } from '../../core/pki/authority/deploy-targets.js';
import type { SubjectName } from '../../core/pki/x509/names.js';
import type { IssueRequest } from '../../system/authority/authority-issue.js';
import { authorityFolder } from '../../system/authority/authority.js';
import type { LeafOptions } from './certs-requests.js';
import type { Context } from '../context/command.js';

/** What the declaration says by certificates that are issued, and what is to be known of that. */
export function issueStatements(
  context: Context,
  requests: readonly IssueRequest[],
  { folder, options }: { readonly folder: string; readonly options: LeafOptions },
): { readonly statements: readonly DeclaredStatement[]; readonly notes: readonly string[] } {
  const plain = requests.filter(({ order }) => isDeclarable(order.names, options));
  const said = isOurs(context, folder) ? plain : [];
  return {
    statements: said.map(({ name, order }) =>
      certificate(name, { names: order.names, profile: options.profile, days: options.days }, null),
    ),
    notes: context.options.record && plain.length < requests.length ? [TOO_SPECIAL] : [],
  };
}

/** What the declaration says by certificates that are deployed. */
export function targetStatements(
  context: Context,
  bundles: readonly Bundle[],
  { folder, target }: { readonly folder: string; readonly target: DeployTarget },
): DeclaredStatement[] {
  if (!isOurs(context, folder)) return [];
  return bundles.map(({ name, certificate: { names } }) => certificate(name, { names }, target));
}

const TOO_SPECIAL =
  'not recorded: a declaration knows domains, IP addresses, profile and days of a certificate, and nothing else';

function isDeclarable(names: readonly SubjectName[], options: LeafOptions): boolean {
  const plain = names.every(({ kind }) => kind === 'dns' || kind === 'ip');
  return plain && options.subject === undefined && options['key-type'] === undefined;
}

/** The agent looks after this authority and no other. */
function isOurs({ host }: Context, folder: string): boolean {
  return folder === authorityFolder(host, undefined);
}
