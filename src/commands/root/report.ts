import type { Report } from '../../core/report/report-data.js';
import { DockerctlError } from '../../errors.js';
import { readInputFile } from '../../app/change/input-file.js';
import { type Context, defineCommand } from '../../app/context/command.js';
import { givenPath } from '../../system/files/given-path.js';
import { replaceDurably } from '../../system/history/journal.js';

interface Reported {
  readonly report: Report;
  /** Where the page is; null where none was asked for. */
  readonly page: string | null;
  /** It would be written there. */
  readonly dryRun: boolean;
}

export const command = defineCommand({
  summary: 'this machine on one page of HTML, to send and to print',
  args: [],
  options: {
    html: {
      type: 'string',
      placeholder: 'FILE',
      describe: 'write the page there: one file that loads nothing',
    },
    from: {
      type: 'string',
      placeholder: 'FILE',
      describe: 'of another machine: what `dockerctl report --json` said there; - is stdin',
    },
  },
  examples: [
    'report --html report.html',
    'report --json > web1.json',
    'report --from web1.json --html web1.html',
  ],
  run: async (context, { options: { html, from } }): Promise<Reported> => {
    const { dryRun, json } = context.options;
    if (html === undefined && !json) throw noPage();
    const report = from === undefined ? await here(context) : await given(context, from);
    if (html === undefined) return { report, page: null, dryRun };
    const page = givenPath(context.host, html);
    refuseOther(context, page);
    if (!dryRun) await writePage(context, report, page);
    return { report, page, dryRun };
  },
  render: ({ page, dryRun }, style) =>
    dryRun ? `Would write ${page ?? ''}` : `${style.green('Wrote')} ${page ?? ''}`,
});

/** Loaded where it is needed: a report of another machine looks at nothing here. */
async function here(context: Context): Promise<Report> {
  const { readMachine } = await import('../report-page/read-report.js');
  return readMachine(context);
}

/** Of a machine with ten thousand registries. */
const LONGEST = 16 * 1024 * 1024;

async function given(context: Context, from: string): Promise<Report> {
  const { readReport } = await import('../../core/report/read-report.js');
  const bytes = await readInputFile(context, from, LONGEST);
  return readReport(Buffer.from(bytes).toString('utf8'), from);
}

/** It may name what daemon.json, which need not be for all, says: it is the owner's alone. */
async function writePage({ host, say }: Context, report: Report, path: string): Promise<void> {
  const { reportPage } = await import('../report-page/page.js');
  const css = Buffer.from(host.fs.readAsset('templates/report.css')).toString('utf8');
  const page = reportPage(report, css);
  if (say === undefined) {
    replaceDurably(host, path, page);
    return;
  }
  const { translatePage } = await import('../../core/locale/page.js');
  replaceDurably(host, path, translatePage(page, say));
}

function refuseOther({ host: { fs } }: Context, path: string): void {
  const kind = fs.stat(path)?.kind ?? 'file';
  if (kind === 'file') return;
  throw new DockerctlError({
    code: 'file-not-writable',
    message: `${path} is there and no plain file.`,
    hint: 'name a file: `dockerctl report --html report.html`',
  });
}

const noPage = (): DockerctlError =>
  new DockerctlError({
    code: 'usage',
    message: 'report: it is a page or data, and neither was asked for.',
    hint: 'dockerctl report --html report.html',
  });
