import { renewCertificates } from '../../app/certificates/renew-certificates.js';
import { PASSPHRASE_OPTIONS, PKI_OPTION } from '../../app/context/certs-options.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { certificateData, untilText, type CertificateData } from '../text/certs-data.js';
import { noteLines } from '../text/note-lines.js';

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
    const { renewed, authority, placed, notes } = await renewCertificates(context, {
      ...options,
      names: args,
      reuseKey: options['reuse-key'],
      days: options.days ?? null,
    });
    const done = renewed.length + placed.length > 0;
    return {
      status: !done ? 'unchanged' : context.options.dryRun ? 'planned' : 'renewed',
      certificates: renewed.map(({ entry }) => certificateData(authority, entry)),
      placed,
      notes,
    };
  },
  render,
});

function render({ status, certificates, placed, notes }: RenewAnswer, style: Style): string {
  const done = status === 'planned' ? style.yellow('Would renew') : style.green('Renewed');
  return [
    ...(status === 'unchanged' ? ['Nothing is due.'] : []),
    ...certificates.map((one) => `${done} ${style.bold(one.name)} until ${untilText(one)}`),
    ...placed.map(
      (path) => `${status === 'planned' ? 'Would write' : style.green('Wrote')} ${path}`,
    ),
    ...noteLines(notes, style),
  ].join('\n');
}
