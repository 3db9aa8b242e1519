import { formatSubject } from '../../core/pki/x509/subject.js';
import type { Status } from '../../core/pki/authority/entry.js';
import { listCertificates } from '../../app/certificates/list-certificates.js';
import { certificateData, type CertificateData } from '../text/certs-data.js';
import { PKI_OPTION, pkiFolder } from '../../app/context/certs-options.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { renderTable } from '../text/table.js';
import { utcDay } from '../../core/text/utc-time.js';
import { noteLines } from '../text/note-lines.js';

interface Row extends CertificateData {
  readonly status: Status;
  /** From when on `renew --due` takes it. ISO 8601, UTC. */
  readonly renewAfter: string;
}

export interface ListAnswer {
  readonly authority: {
    readonly folder: string;
    readonly subject: string;
    readonly notAfter: string;
  };
  readonly certificates: readonly Row[];
  readonly notes: readonly string[];
}

export const command = defineCommand({
  looks: () => true,
  summary: 'List what our authority issued',
  args: [],
  options: {
    all: { type: 'boolean', alias: 'a', describe: 'also what was renewed or replaced' },
    ...PKI_OPTION,
  },
  examples: ['certs list', 'certs list --all --json'],
  run({ host, ...context }, { options }): Promise<ListAnswer> {
    const folder = pkiFolder({ host, ...context }, options.pki);
    const listed = listCertificates(host, folder, { all: options.all });
    const { root, notes } = listed.authority;
    const rows = listed.certificates.map(({ entry, status, renewAfter }): Row => ({
      ...certificateData(folder, entry),
      status,
      renewAfter: new Date(renewAfter).toISOString(),
    }));
    const notAfter = new Date(root.notAfter).toISOString();
    const authority = { folder, subject: formatSubject(root.subject), notAfter };
    return Promise.resolve({ authority, certificates: rows, notes });
  },
  render,
});

function render({ authority, certificates, notes }: ListAnswer, style: Style): string {
  const rows = certificates.map(({ name, status, notAfter, keyType, names }) => [
    name,
    status,
    utcDay(Date.parse(notAfter)),
    keyType,
    names.join(' '),
  ]);
  return [
    `${style.bold(authority.subject)} in ${authority.folder}, until ${utcDay(Date.parse(authority.notAfter))}`,
    renderTable(['NAME', 'STATUS', 'UNTIL', 'KEY', 'FOR'], rows, style),
    ...noteLines(notes, style),
  ].join('\n');
}
