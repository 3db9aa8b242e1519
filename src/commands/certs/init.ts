import { join } from 'node:path';
import { forPki } from '../../core/pki/authority/pki-hint.js';
import { formatSubject } from '../../core/pki/x509/subject.js';
import { DockerctlError } from '../../errors.js';
import {
  assertNoKey,
  assertVacant,
  createAuthority,
} from '../../system/authority/authority-create.js';
import { publishRoot } from '../../system/authority/public-root.js';
import { prepareAuthority } from '../../system/authority/authority-init.js';
import { refusePrivateWorld } from '../../system/history/state-access.js';
import { givenPath } from '../../system/files/given-path.js';
import { notesOfOrder, readAuthorityOrder } from '../../app/certificates/certs-authority.js';
import {
  KEY_TYPE_OPTION,
  PASSPHRASE_OPTIONS,
  PKI_OPTION,
  pkiFolder,
  USER_OPTION,
} from '../../app/context/certs-options.js';
import {
  defineCommand,
  type Context,
  type OptionValues,
  type Style,
} from '../../app/context/command.js';
import { utcDay } from '../../core/text/utc-time.js';
import { noteLines } from '../text/note-lines.js';

const OPTIONS = {
  name: { type: 'string', placeholder: 'CN', describe: 'what the authority is called' },
  subject: {
    type: 'string',
    placeholder: 'NAMES',
    describe: 'more of its subject: "O=Example Ltd, C=DE"',
  },
  permit: {
    type: 'list',
    placeholder: 'DOMAIN|CIDR',
    describe: 'sign for these only; clients enforce it (name constraints)',
  },
  ...KEY_TYPE_OPTION,
  days: { type: 'number', placeholder: 'N', describe: 'how long the root is valid' },
  intermediate: {
    type: 'boolean',
    describe: 'an intermediate signs day to day, so that the root key can be taken away',
  },
  'root-key-out': {
    type: 'string',
    placeholder: 'FILE',
    describe: 'write the root key there and not into the store (with --intermediate)',
  },
  ...PASSPHRASE_OPTIONS,
  'ask-passphrase': { type: 'boolean', describe: 'ask for a passphrase on the terminal' },
  force: { type: 'boolean', describe: 'put the authority that is there away and make another' },
  ...PKI_OPTION,
  ...USER_OPTION,
} as const;

export interface InitAnswer {
  readonly status: 'created' | 'planned';
  readonly folder: string;
  readonly subject: string;
  readonly keyType: string;
  /** ISO 8601, UTC. */
  readonly notAfter: string;
  /** SHA-256 of the root. */
  readonly fingerprint: string;
  readonly permitted: readonly string[];
  readonly certificate: string;
  /** The command that comes next. */
  readonly next: string;
  readonly notes: readonly string[];
}

export const command = defineCommand({
  summary: 'Make our certificate authority',
  args: [],
  options: OPTIONS,
  examples: [
    'certs init',
    'certs init --name "Example Ltd CA" --permit example.com --permit 10.0.0.0/8',
    'certs init --intermediate --root-key-out /media/safe/ca.key --passphrase-file /root/pass',
  ],
  async run(context, { options }): Promise<InitAnswer> {
    const { host } = context;
    const folder = pkiFolder(context, options.pki);
    if (options.pki === undefined)
      refusePrivateWorld(host, { user: options.user, command: 'certs init' });
    const rootKeyOut = rootKeyPath(context, options);
    if (!options.force) assertVacant(host, folder);
    if (rootKeyOut !== null) assertNoKey(host, rootKeyOut);
    const order = await readAuthorityOrder(context, options);
    const { material } = await prepareAuthority(host, order);
    const answer: InitAnswer = {
      status: context.options.dryRun ? 'planned' : 'created',
      folder,
      subject: formatSubject(material.root.subject),
      keyType: order.keyType,
      notAfter: new Date(material.root.notAfter).toISOString(),
      fingerprint: material.root.fingerprint,
      permitted: [
        ...(order.constraints?.permitted.dns ?? []),
        ...(order.constraints?.permitted.ip ?? []),
      ],
      certificate: join(folder, 'ca.crt'),
      next: forPki('dockerctl certs issue --domain NAME', options.pki),
      notes: notesOfOrder(order),
    };
    if (context.options.dryRun) return answer;
    const waitMs = context.options.lockTimeoutMs;
    const placing = { folder, waitMs, force: options.force, rootKeyOut };
    const replaced = await createAuthority(host, material, placing);
    const published = publishRoot(host, folder, material.root);
    return {
      ...answer,
      certificate: published ?? answer.certificate,
      notes: [
        ...answer.notes,
        ...(replaced === null ? [] : [`the old authority was put away: ${replaced}`]),
        ...(rootKeyOut === null
          ? []
          : [`the root key is in ${rootKeyOut} alone: take it off this machine`]),
      ],
    };
  },
  render,
});

type Options = OptionValues<typeof OPTIONS>;

function rootKeyPath({ host }: Context, options: Options): string | null {
  const file = options['root-key-out'];
  if (file === undefined) return null;
  if (options.intermediate) return givenPath(host, file);
  throw new DockerctlError({
    code: 'usage',
    message:
      '--root-key-out takes the root key away, and without an intermediate nothing could be signed here.',
    hint: 'add --intermediate',
  });
}

function render(answer: InitAnswer, style: Style): string {
  const done = answer.status === 'created' ? style.green('Created') : style.yellow('Would create');
  return [
    `${done} ${style.bold(answer.subject)} in ${answer.folder}`,
    `  ${answer.keyType}, valid until ${utcDay(Date.parse(answer.notAfter))}${answer.permitted.length === 0 ? '' : `, for ${answer.permitted.join(', ')} only`}`,
    `  SHA-256 ${answer.fingerprint}`,
    ...noteLines(answer.notes, style),
    `Give ${answer.certificate} to clients; next: ${answer.next}`,
  ].join('\n');
}
