import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';
import { bundleFiles, fullChain, pemOf, type Bundle } from '../../core/pki/authority/bundle.js';
import type { DeployedFile } from '../../core/pki/authority/deployment.js';
import { kubernetesSecret } from '../../core/pki/authority/kubernetes-secret.js';
import { buildPkcs12 } from '../../core/pki/keys/pkcs12.js';
import { pkcs8Of } from '../../core/pki/keys/private-key.js';
import { DockerctlError } from '../../errors.js';
import { findCurrent, readBundle, whyRefused } from '../../system/authority/authority-bundle.js';
import { openAuthority } from '../../system/authority/authority.js';
import { givenPath } from '../../system/files/given-path.js';
import {
  PASSPHRASE_OPTIONS,
  passphraseAsker,
  PKI_OPTION,
  pkiFolder,
} from '../../app/context/certs-options.js';
import { writeFiles } from '../../app/certificates/deploy-certificates.js';
import {
  defineCommand,
  type Context,
  type OptionValues,
  type Style,
} from '../../app/context/command.js';
import { noteLines } from '../text/note-lines.js';

const OPTIONS = {
  format: {
    type: 'string',
    choices: ['pem', 'p12', 'harbor', 'k8s-secret', 'docker-cli'],
    default: 'pem',
    describe: 'for whom',
  },
  out: {
    type: 'string',
    placeholder: 'PATH',
    required: true,
    describe: 'a folder (pem, harbor, docker-cli) or a file (p12, k8s-secret)',
  },
  'secret-name': {
    type: 'string',
    placeholder: 'NAME',
    describe: 'name of the Kubernetes secret (default: the name)',
  },
  namespace: { type: 'string', placeholder: 'NS', describe: 'namespace of the Kubernetes secret' },
  ...PASSPHRASE_OPTIONS,
  ...PKI_OPTION,
} as const;

type Options = OptionValues<typeof OPTIONS>;

export interface ExportAnswer {
  readonly format: string;
  readonly placed: readonly string[];
  readonly notes: readonly string[];
}

export const command = defineCommand({
  summary: 'Write key, certificate and chain in the form that others read',
  args: [{ name: 'NAME', describe: 'as `certs list` calls it', required: true }],
  options: OPTIONS,
  examples: [
    'certs export registry.example.com --format p12 --out registry.p12 --passphrase-file pass',
    'certs export registry.example.com --format k8s-secret --out secret.yaml',
  ],
  async run(context, { args: [name = ''], options }): Promise<ExportAnswer> {
    const { host } = context;
    const authority = openAuthority(host, pkiFolder(context, options.pki));
    const entry = findCurrent(authority, name);
    const refused = whyRefused(host, authority, entry);
    if (refused !== null) context.terminal.note(`warning: ${refused.message} ${refused.hint}`);
    const bundle = readBundle(host, authority, entry);
    const out = givenPath(host, options.out);
    const { files, notes } = await FORMATS[options.format as Format](context, options, {
      bundle,
      out,
    });
    return { format: options.format, placed: await writeFiles(context, files), notes };
  },
  render: ({ placed, notes }: ExportAnswer, style: Style) =>
    [
      ...(placed.length === 0 ? ['Everything is there already.'] : []),
      ...placed.map((path) => `${style.green('Wrote')} ${path}`),
      ...noteLines(notes, style),
    ].join('\n'),
});

type Format = 'pem' | 'p12' | 'harbor' | 'k8s-secret' | 'docker-cli';

interface Export {
  readonly files: readonly DeployedFile[];
  readonly notes: readonly string[];
}

interface ExportSource {
  readonly bundle: Bundle;
  readonly out: string;
}

type Write = (context: Context, options: Options, source: ExportSource) => Promise<Export>;

const secret = (path: string, content: string | Uint8Array): DeployedFile => ({
  ...{ path, bytes: Buffer.from(content), isKey: true, mode: 0o600, owner: null },
});

const open = (path: string, text: string): DeployedFile => ({
  ...{ path, bytes: Buffer.from(text), isKey: false, mode: 0o644, owner: null },
});

const FORMATS: Readonly<Record<Format, Write>> = {
  pem: (_context, _options, { bundle, out }) => {
    const files = bundleFiles(bundle).map(({ file, text, isKey }) =>
      (isKey ? secret : open)(join(out, file), text),
    );
    return Promise.resolve({ files, notes: [] });
  },
  harbor: (_context, _options, { bundle, out }) => {
    const paths = [join(out, `${bundle.name}.crt`), join(out, `${bundle.name}.key`)] as const;
    return Promise.resolve({
      files: [
        open(paths[0], fullChain(bundle)),
        secret(paths[1], keyOf(bundle)),
        open(join(out, 'ca.crt'), pemOf(bundle.root)),
      ],
      notes: [
        `in harbor.yml, below https: certificate: ${paths[0]}, private_key: ${paths[1]}; dockerctl certs deploy --harbor DIR does that too`,
      ],
    });
  },
  // docker/cli cli/config: what DOCKER_CERT_PATH, or ~/.docker, holds.
  'docker-cli': (_context, _options, { bundle, out }) =>
    Promise.resolve({
      files: [
        open(join(out, 'ca.pem'), pemOf(bundle.root)),
        open(join(out, 'cert.pem'), fullChain(bundle)),
        secret(join(out, 'key.pem'), keyOf(bundle)),
      ],
      notes: [`DOCKER_CERT_PATH=${out} DOCKER_TLS_VERIFY=1 docker -H tcp://HOST:2376 version`],
    }),
  'k8s-secret': (_context, options, { bundle, out }) => {
    const manifest = kubernetesSecret({
      name: options['secret-name'] ?? bundle.name,
      namespace: options.namespace ?? null,
      chain: fullChain(bundle),
      key: keyOf(bundle),
      authority: pemOf(bundle.root),
    });
    return Promise.resolve({
      files: [secret(out, manifest)],
      notes: [`kubectl apply -f ${out}; the file holds the key`],
    });
  },
  p12: async (context, options, { bundle, out }) => {
    const passphrase = await passphraseAsker(context, options)(`Passphrase for ${out}`);
    const { name, certificate, chain, root } = bundle;
    const key = pkcs8Of(createPrivateKey(keyOf(bundle)));
    const all = [certificate, ...chain, root].map(({ der }) => der);
    const random = context.host.random.bytes(80);
    const bytes = buildPkcs12({ name, key, chain: all }, { passphrase, random });
    return { files: [secret(out, bytes)], notes: [] };
  },
};

function keyOf({ key, name }: Bundle): string {
  if (key !== null) return key;
  throw new DockerctlError({
    code: 'not-found',
    message: `The key of ${name} is not here: it was signed from a request.`,
    hint: `\`dockerctl certs export ${name} --format pem --out DIR\`, for certificate and chain alone`,
  });
}
