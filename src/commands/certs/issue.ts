import { issueCertificates } from '../../app/certificates/issue-certificates.js';
import {
  KEY_TYPE_OPTION,
  PASSPHRASE_OPTIONS,
  PKI_OPTION,
  USER_OPTION,
} from '../../app/context/certs-options.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { certificateData, untilText, type CertificateData } from '../text/certs-data.js';
import { noteLines } from '../text/note-lines.js';

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
  ...USER_OPTION,
  force: { type: 'boolean', describe: 'replace the one of the same name; the old one is kept' },
  ...PASSPHRASE_OPTIONS,
  ...PKI_OPTION,
} as const;

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
    const { issued, authority, placed, notes } = await issueCertificates(context, options);
    return {
      status: context.options.dryRun ? 'planned' : 'issued',
      certificates: issued.map(({ entry }) => certificateData(authority, entry)),
      authority,
      placed,
      notes,
    };
  },
  render,
});

function render(answer: IssueAnswer, style: Style): string {
  const { certificates, notes, placed, status } = answer;
  const done = status === 'issued' ? style.green('Issued') : style.yellow('Would issue');
  const many = certificates.length > 3;
  return [
    ...(many ? [`${done} ${certificates.length} certificates into ${answer.authority}/certs`] : []),
    ...(many ? [] : certificates).flatMap((one) => [
      `${done} ${style.bold(one.name)}${one.names.length === 0 ? ', a client without names of hosts' : ` for ${one.names.join(', ')}`}`,
      style.wrapped(`  ${one.keyType}, valid until ${untilText(one)}`),
      `  ${one.certificate}`,
      `  ${one.key}`,
    ]),
    ...placed.map(
      (path) => `${status === 'issued' ? style.green('Wrote') : 'Would write'} ${path}`,
    ),
    ...noteLines(notes, style),
  ].join('\n');
}
