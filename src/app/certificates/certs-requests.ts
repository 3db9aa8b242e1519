import { fileError } from '../../core/text/file-error.js';
import { parseBatch } from '../../core/pki/authority/batch.js';
import { fileNameFor, typedFileName } from '../../core/pki/authority/file-name.js';
import { isKeyType, KEY_TYPES, type KeyType } from '../../core/pki/keys/key-type.js';
import { parseNames, type SubjectName } from '../../core/pki/x509/names.js';
import type { LeafProfile } from '../../core/pki/authority/profile.js';
import { commonName, parseSubject, type Subject } from '../../core/pki/x509/subject.js';
import { DockerctlError } from '../../errors.js';
import type { IssueRequest } from '../../system/authority/authority-issue.js';
import { loadLeafProfile } from '../../system/authority/certificate-profiles.js';
import { shownPath } from '../../system/files/given-path.js';
import type { Context } from '../context/command.js';

/** The options of `certs issue` that say what is wanted. */
export interface LeafOptions {
  readonly domain: readonly string[];
  readonly ip: readonly string[];
  readonly email: readonly string[];
  readonly uri: readonly string[];
  readonly name: string | undefined;
  readonly subject: string | undefined;
  readonly profile: string;
  readonly 'key-type': string | undefined;
  readonly days: number | undefined;
  readonly batch: string | undefined;
}

export interface Requests {
  readonly requests: readonly IssueRequest[];
  readonly notes: readonly string[];
}

/** Throws `usage`, `invalid-value`, `not-found` for the profile, and what reading the batch throws. */
export function readRequests(context: Context, options: LeafOptions): Requests {
  const profile = loadLeafProfile(context.host, options.profile);
  const common = commonPart(options, profile);
  if (options.batch !== undefined) {
    assertAlone(options);
    return readBatch(context, options.batch, common);
  }
  const typed = {
    domains: options.domain,
    ips: options.ip,
    emails: options.email,
    uris: options.uri,
  };
  const { names, notes } = parseNames(typed);
  const request = requestFor(common, { names, name: options.name });
  const { warning } = KEY_TYPES[common.key];
  return { requests: [request], notes: warning === null ? notes : [...notes, warning] };
}

function readBatch({ host }: Context, batch: string, common: Common): Requests {
  const path = shownPath(host, batch);
  try {
    const text = Buffer.from(host.fs.readGiven(batch)).toString('utf8');
    const requests = parseBatch(text, path).map(({ names, name }) => ({
      name,
      key: common.key,
      order: { ...common.options, names, subject: common.subject },
    }));
    return { requests, notes: [] };
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** The names of a batch stand in its file. */
function assertAlone(options: LeafOptions): void {
  const { domain, ip, email, uri, name } = options;
  const lists = Object.entries({ domain, ip, email, uri }).filter(([, { length }]) => length > 0);
  const [beside] = [...lists.map(([option]) => option), ...(name === undefined ? [] : ['name'])];
  if (beside === undefined) return;
  throw new DockerctlError({
    code: 'usage',
    message: `--batch takes its names from the file, and --${beside} would be passed over.`,
    hint: `leave --${beside} out, or write the name into the file`,
  });
}

/** What every certificate of one command line has in common. */
interface Common {
  readonly key: KeyType;
  readonly subject: Subject;
  readonly options: Pick<IssueRequest['order'], 'usages' | 'days' | 'explicitDays'>;
}

function commonPart(options: LeafOptions, profile: LeafProfile): Common {
  const typed = options['key-type'] ?? '';
  return {
    key: isKeyType(typed) ? typed : profile.keyType,
    subject: parseSubject(options.subject ?? ''),
    options: {
      usages: profile.usages,
      days: options.days ?? profile.days,
      explicitDays: options.days !== undefined,
    },
  };
}

interface NamedRequest {
  readonly names: readonly SubjectName[];
  readonly name: string | undefined;
}

function requestFor(
  { key, subject, options }: Common,
  { names, name }: NamedRequest,
): IssueRequest {
  const first = name ?? names[0]?.value;
  const isServer = options.usages.includes('server');
  if (first === undefined || (isServer && names.length === 0)) throw noName(isServer);
  const own = names.length === 0 || (!isServer && name !== undefined) ? [commonName(first)] : [];
  return {
    name: name === undefined ? fileNameFor(first) : typedFileName(name),
    key,
    order: { ...options, names, subject: [...subject, ...own] },
  };
}

const noName = (isServer: boolean): DockerctlError =>
  new DockerctlError({
    code: 'usage',
    message: isServer
      ? 'A server certificate needs a name that clients connect to.'
      : 'A client certificate needs a name.',
    hint: isServer ? '--domain registry.example.com, or --ip 192.0.2.10' : '--name ci-runner',
  });
