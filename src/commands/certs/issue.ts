import { fileError } from '../../core/file-error.js';
import { parseBatch } from '../../core/pki/batch.js';
import { fileNameFor } from '../../core/pki/entry.js';
import { isKeyType, KEY_TYPES, type KeyType } from '../../core/pki/key-type.js';
import { parseNames, type SubjectName } from '../../core/pki/names.js';
import type { LeafProfile } from '../../core/pki/profile.js';
import { commonName, parseSubject } from '../../core/pki/subject.js';
import { DockerctlError } from '../../errors.js';
import { bundleOf } from '../../system/authority-bundle.js';
import {
  prepareCertificates,
  storeCertificates,
  type IssuedCertificate,
  type IssueRequest,
} from '../../system/authority-issue.js';
import { openSigner } from '../../system/authority-signer.js';
import { hasAuthority, openAuthority, type Authority } from '../../system/authority.js';
import { loadAuthorityProfile, loadLeafProfile } from '../../system/certificate-profiles.js';
import { givenPath } from '../../system/given-path.js';
import { certificateData, untilText, type CertificateData } from '../certs-data.js';
import {
  KEY_TYPE_OPTION,
  PASSPHRASE_OPTIONS,
  passphraseAsker,
  PKI_OPTION,
  pkiFolder,
} from '../certs-options.js';
import { defineCommand, type Context, type OptionValues, type Style } from '../command.js';
import { command as init, DEFAULTS } from './init.js';

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
  readonly now: number;
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
    const { host } = context;
    const folder = pkiFolder(context, options.pki);
    const { requests, notes } = readRequests(context, options);
    const initNotes = await initWhereAsked(context, options, folder);
    const authority = openAuthority(host, folder);
    const ask = passphraseAsker(context, options);
    const { crlUrl } = loadAuthorityProfile(host);
    const signer = await openSigner(host, authority, { ask, crlUrl });
    const issued = await prepareCertificates(host, signer, requests);
    const { dryRun, lockTimeoutMs: waitMs } = context.options;
    if (!dryRun) {
      const storing = { folder, waitMs, replace: options.force, issuer: authority.issuer };
      await storeCertificates(host, issued, storing);
    }
    const placed = await place(context, options, { authority, issued });
    return {
      status: dryRun ? 'planned' : 'issued',
      certificates: issued.map(({ entry }) => certificateData(folder, entry)),
      authority: folder,
      placed,
      notes: [...new Set([...initNotes, ...notes, ...issued.flatMap((one) => one.notes)])],
      now: host.clock.now(),
    };
  },
  render,
});

interface Requests {
  readonly requests: readonly IssueRequest[];
  readonly notes: readonly string[];
}

function readRequests(context: Context, options: Options): Requests {
  const profile = loadLeafProfile(context.host, options.profile);
  if (options.batch !== undefined) return readBatch(context, options, profile);
  const typed = {
    domains: options.domain,
    ips: options.ip,
    emails: options.email,
    uris: options.uri,
  };
  const { names, notes } = parseNames(typed);
  const request = requestFor(options, profile, { names, name: options.name });
  const { warning } = KEY_TYPES[keyTypeOf(options, profile)];
  return { requests: [request], notes: warning === null ? notes : [...notes, warning] };
}

function readBatch({ host }: Context, options: Options, profile: LeafProfile): Requests {
  const path = givenPath(host, options.batch ?? '');
  try {
    const text = Buffer.from(host.fs.read(path)).toString('utf8');
    const requests = parseBatch(text, path).map(({ parsed }) =>
      requestFor(options, profile, { names: parsed.names, name: undefined }),
    );
    return { requests, notes: [] };
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

interface Named {
  readonly names: readonly SubjectName[];
  readonly name: string | undefined;
}

function requestFor(options: Options, profile: LeafProfile, { names, name }: Named): IssueRequest {
  const first = name ?? names[0]?.value;
  const isServer = profile.usages.includes('server');
  if (first === undefined || (isServer && names.length === 0)) throw noName(isServer);
  const subject = parseSubject(options.subject ?? '');
  const own = names.length === 0 || (!isServer && name !== undefined) ? [commonName(first)] : [];
  return {
    name: fileNameFor(first),
    key: keyTypeOf(options, profile),
    order: {
      names,
      subject: [...subject, ...own],
      usages: profile.usages,
      days: options.days ?? profile.days,
      explicitDays: options.days !== undefined,
    },
  };
}

function keyTypeOf(options: Options, profile: LeafProfile): KeyType {
  const typed = options['key-type'] ?? '';
  return isKeyType(typed) ? typed : profile.keyType;
}

async function initWhereAsked(
  context: Context,
  options: Options,
  folder: string,
): Promise<readonly string[]> {
  if (!options.init || context.options.dryRun || hasAuthority(context.host, folder)) return [];
  const { notes } = await init.run(context, {
    args: [],
    options: {
      ...DEFAULTS,
      'key-type': options['key-type'],
      'passphrase-file': options['passphrase-file'],
      'passphrase-fd': options['passphrase-fd'],
      pki: options.pki,
    },
  });
  return [`made the authority in ${folder}`, ...notes];
}

interface Made {
  readonly authority: Authority;
  readonly issued: readonly IssuedCertificate[];
}

async function place(
  context: Context,
  options: Options,
  { authority, issued }: Made,
): Promise<string[]> {
  if (options.out === undefined && !options.install) return [];
  // The YAML library that deployments need costs as much as the certificate.
  const { putIntoPlace, trustHere } = await import('../certs-place.js');
  const bundles = issued.map((one) => bundleOf(authority, one));
  const placed: string[] = [];
  if (options.out !== undefined) {
    const folder = givenPath(context.host, options.out);
    const target = { place: { kind: 'folder', path: folder } as const, force: options.force };
    placed.push(...(await putIntoPlace(context, { authority, bundles }, target)));
  }
  if (options.install) placed.push(...(await trustHere(context, bundles)));
  return placed;
}

const noName = (isServer: boolean): DockerctlError =>
  new DockerctlError({
    code: 'usage',
    message: isServer
      ? 'A server certificate needs a name that clients connect to.'
      : 'A client certificate needs a name.',
    hint: isServer ? '--domain registry.example.com, or --ip 192.0.2.10' : '--name ci-runner',
  });

function render(answer: IssueAnswer, style: Style): string {
  const { certificates, notes, placed, status, now } = answer;
  const done = status === 'issued' ? style.green('Issued') : style.yellow('Would issue');
  const many = certificates.length > 3;
  return [
    ...(many ? [`${done} ${certificates.length} certificates into ${answer.authority}/certs`] : []),
    ...(many ? [] : certificates).flatMap((one) => [
      `${done} ${style.bold(one.name)} for ${one.names.join(', ')}`,
      `  ${one.keyType}, valid until ${untilText(one.notAfter, now)}`,
      `  ${one.certificate}`,
      `  ${one.key}`,
    ]),
    ...placed.map(
      (path) => `${status === 'issued' ? style.green('Wrote') : 'Would write'} ${path}`,
    ),
    ...notes.map((note) => style.dim(`Note: ${note}`)),
  ].join('\n');
}
