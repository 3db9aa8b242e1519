import { fileError } from '../../core/text/file-error.js';
import { readSigningRequest, type SigningRequest } from '../../core/pki/x509/csr.js';
import { fileNameFor, typedFileName } from '../../core/pki/authority/file-name.js';
import { KEY_TYPES, isKeyType } from '../../core/pki/keys/key-type.js';
import { isSameKey } from '../../core/pki/keys/private-key.js';
import { parseNames, type ParsedNames } from '../../core/pki/x509/names.js';
import { EVERY_DOCKER, refusalSentence } from '../../core/pki/authority/docker-findings.js';
import { acrossEngines } from '../../core/pki/go/verify/across.js';
import { keyRefusals } from '../../core/pki/go/verify/single.js';
import type { LeafProfile } from '../../core/pki/authority/profile.js';
import { commonName, commonNameOf } from '../../core/pki/x509/subject.js';
import { DockerctlError } from '../../errors.js';
import type { IssueRequest } from '../../system/authority/authority-issue.js';
import type { Authority } from '../../system/authority/authority.js';
import { loadLeafProfile } from '../../system/authority/certificate-profiles.js';
import { shownPath } from '../../system/files/given-path.js';
import { certificateData, untilText, type CertificateData } from '../text/certs-data.js';
import { PASSPHRASE_OPTIONS, PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { placeBesides, planBesides } from '../../app/certificates/certs-out.js';
import { signAndStore } from '../../app/certificates/certs-signing.js';
import {
  defineCommand,
  type Context,
  type OptionValues,
  type Style,
} from '../../app/context/command.js';
import { noteLines } from '../text/note-lines.js';

const OPTIONS = {
  domain: { type: 'list', placeholder: 'D', describe: 'these names, and not those of the request' },
  ip: { type: 'list', placeholder: 'A', describe: 'these addresses' },
  name: { type: 'string', placeholder: 'NAME', describe: 'what its files are called' },
  profile: {
    type: 'string',
    default: 'registry',
    placeholder: 'P',
    describe: 'as for certs issue',
  },
  days: { type: 'number', placeholder: 'N', describe: 'how long it is valid (default 397)' },
  out: { type: 'string', placeholder: 'DIR', describe: 'put certificate and chain there too' },
  force: { type: 'boolean', describe: 'replace the one of the same name; the old one is kept' },
  ...PASSPHRASE_OPTIONS,
  ...PKI_OPTION,
} as const;

type Options = OptionValues<typeof OPTIONS>;

export interface SignAnswer {
  readonly status: 'planned' | 'signed';
  readonly certificate: CertificateData;
  readonly placed: readonly string[];
  readonly notes: readonly string[];
}

export const command = defineCommand({
  summary: 'Sign a request: the key stays where it was made',
  args: [{ name: 'CSR', describe: 'a certificate signing request, PEM or DER', required: true }],
  options: OPTIONS,
  examples: [
    'certs sign server.csr --out .',
    'certs sign server.csr --domain registry.example.com',
  ],
  async run(context, { args: [file = ''], options }): Promise<SignAnswer> {
    const { host } = context;
    const folder = pkiFolder(context, options.pki);
    const request = readRequest(context, file);
    const profile = loadLeafProfile(host, options.profile);
    const { names, notes } = namesFor(request, options, profile);
    const order = issueRequest(options, profile, { request, names });
    const made = await signAndStore(context, options, {
      requests: [order],
      plan: (unwritten) => {
        assertForeignKey(request, unwritten.authority);
        assertUsableKey(request, file);
        return planBesides(context, options, { ...unwritten, statements: [] });
      },
    });
    const [certificate] = made.issued.map(({ entry }) => certificateData(folder, entry));
    if (certificate === undefined) throw noNames(file);
    const besides = await placeBesides(context, made);
    return {
      status: context.options.dryRun ? 'planned' : 'signed',
      certificate,
      placed: besides.placed,
      notes: [
        ...made.notes,
        ...request.notes,
        ...notes,
        ...made.issued.flatMap((one) => one.notes),
      ],
    };
  },
  render,
});

function readRequest({ host }: Context, file: string): SigningRequest {
  const path = shownPath(host, file);
  try {
    return readSigningRequest(host.fs.readGiven(file), path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** What the operator says, else what the request asks for; a request with a common name alone is as old as many appliances. */
function namesFor(
  { names, subject }: SigningRequest,
  options: Options,
  { usages }: LeafProfile,
): ParsedNames {
  const of = (kind: string): string[] =>
    names.filter((name) => name.kind === kind).map(({ value }) => value);
  if (options.domain.length > 0 || options.ip.length > 0) {
    return parseNames({ domains: options.domain, ips: options.ip, emails: [], uris: [] });
  }
  const requested = { domains: of('dns'), ips: of('ip'), emails: of('email'), uris: of('uri') };
  const common = commonNameOf(subject);
  // What a client is called need not be a name that anybody connects to.
  if (names.length > 0 || common === null || !usages.includes('server'))
    return parseNames(requested);
  const { names: parsed } = parseNames({ ...requested, domains: [common] });
  return {
    names: parsed,
    notes: ['the request names nothing but its common name, which was taken as its name'],
  };
}

function issueRequest(
  options: Options,
  profile: LeafProfile,
  { request, names }: { readonly request: SigningRequest; readonly names: ParsedNames['names'] },
): IssueRequest {
  const common = profile.usages.includes('server') ? null : commonNameOf(request.subject);
  const first = options.name ?? common ?? names[0]?.value;
  if (first === undefined || (names.length === 0 && common === null)) throw noNames('The request');
  return {
    name: options.name === undefined ? fileNameFor(first) : typedFileName(options.name),
    key: { spki: request.spki, pkcs8: null, keyType: request.keyType },
    order: {
      names,
      subject: common === null ? [] : [commonName(common)],
      usages: profile.usages,
      days: options.days ?? profile.days,
      explicitDays: options.days !== undefined,
    },
  };
}

/** A key with which no docker, or only an old one, would talk to the server. */
function assertUsableKey({ spki }: SigningRequest, file: string): void {
  const [refusal] = acrossEngines(EVERY_DOCKER, (rules) =>
    keyRefusals(spki, { whose: file, rules }),
  );
  if (refusal === undefined) return;
  throw new DockerctlError({
    code: 'invalid-certificate',
    message: `${file} is not signed: ${refusalSentence(refusal)}.`,
    hint: 'make another key: `openssl req -new -newkey rsa:4096 -nodes -keyout server.key -out server.csr`, or `dockerctl certs issue --domain NAME`',
  });
}

/** Whoever had the certificate's key would have the authority's. */
function assertForeignKey({ key }: SigningRequest, { root, issuer }: Authority): void {
  if (![root, issuer].some(({ publicKey }) => isSameKey(publicKey, key))) return;
  throw new DockerctlError({
    code: 'invalid-certificate',
    message:
      "The request was made with the authority's own key: the server would hold what signs for all others.",
    hint: 'make a key of its own: `openssl req -new -newkey rsa:2048 -nodes -keyout server.key -out server.csr`, or `dockerctl certs issue --domain NAME`',
  });
}

const noNames = (subject: string): DockerctlError =>
  new DockerctlError({
    code: 'invalid-certificate',
    message: `${subject} names nothing that clients connect to.`,
    hint: '--domain registry.example.com',
  });

function render({ status, certificate, placed, notes }: SignAnswer, style: Style): string {
  const { name, names, keyType } = certificate;
  const warning = isKeyType(keyType) ? KEY_TYPES[keyType].warning : null;
  return [
    `${status === 'signed' ? style.green('Signed') : style.yellow('Would sign')} ${style.bold(name)} for ${names.join(', ')}`,
    `  ${keyType}, valid until ${untilText(certificate)}`,
    `  ${certificate.certificate}`,
    ...placed.map((path) => `${style.green('Wrote')} ${path}`),
    ...noteLines([...notes, ...(warning === null ? [] : [warning])], style),
  ].join('\n');
}
