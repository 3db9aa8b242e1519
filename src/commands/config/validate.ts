import { formatVersion } from '../../core/dockerd/options/keys/version.js';
import { defineCommand, type Style } from '../../app/context/command.js';
import { githubText, sarifText } from '../text/findings-export.js';
import { countFindings, renderFindings } from '../text/findings-text.js';
import { needFindings, needLines, needsText } from '../text/needs-text.js';
import { chosenEngine } from './engine-option.js';
import { fixFile } from './validate-fix.js';
import {
  judge,
  type FileVerdict,
  namedFile,
  namesIn,
  ownFile,
  placed,
  situationOf,
  unread,
} from './validate-files.js';

interface ValidateData {
  readonly engine: string;
  readonly files: readonly Omit<FileVerdict, 'findings'>[];
  readonly findings: FileVerdict['findings'];
  readonly format: string;
  /** dockerd and its containers start with every file, those of a stream too, which are not kept; with --strict on any machine. */
  readonly allStart: boolean;
}

export const command = defineCommand({
  isConfirmable: true,
  summary:
    'would this dockerd start and reload with the file, and does each key do what was meant?',
  args: [
    {
      name: 'FILE',
      describe: 'files to judge; - is stdin; default: the daemon.json of this machine',
      many: true,
    },
  ],
  options: {
    engine: {
      type: 'string',
      default: 'auto',
      describe: "dockerd's version; auto: the one of this machine, else the newest",
      placeholder: 'VERSION',
    },
    'unit-flags': {
      type: 'string',
      default: 'auto',
      describe: "dockerd's flags; auto: those of this machine's unit, none for another --engine",
      placeholder: 'FLAGS',
    },
    format: {
      type: 'string',
      default: 'text',
      choices: ['text', 'sarif', 'github'],
      describe: 'how findings are printed',
    },
    fix: {
      type: 'boolean',
      describe: 'fix what can be fixed without a decision: shown first, then asked for',
    },
    'files-from': {
      type: 'string',
      describe: 'judge the files that this file names, one a line; - is stdin',
      placeholder: 'FILE',
    },
    strict: {
      type: 'boolean',
      describe: 'exit 1 also where the verdict hangs on what the machine has',
    },
    stream: {
      type: 'boolean',
      describe: 'print each verdict as it is reached: a line a file, with --json an object a line',
    },
  },
  examples: [
    'config validate',
    'config validate daemon.json --engine 27 --unit-flags "-H fd://"',
    'config validate --engine 28.5 --format github daemon.json',
    'config validate --fix daemon.json --engine 28.5',
    'config validate --engine 28.5 --files-from list.txt --stream --json',
  ],
  run: async (context, { args, options }): Promise<ValidateData> => {
    const chosen = await chosenEngine(context, options.engine);
    const situation = situationOf(context, chosen, options['unit-flags']);
    const engine = formatVersion(situation.engine);
    const list = options['files-from'];
    const names = list === undefined ? args : [...args, ...(await namesIn(context, list))];
    const own = names.length === 0 && list === undefined;
    const kept: FileVerdict[] = [];
    let allStart = true;
    const judgeNext = async (name: string | null): Promise<FileVerdict> => {
      const found = name === null ? await ownFile(context, chosen) : await namedFile(context, name);
      const candidate = options.fix ? await fixFile(context, found, situation) : found;
      return judge(candidate, situation);
    };
    for (const name of own ? [null] : names) {
      const verdict = await judgeNext(name).catch((error: unknown) => {
        if (names.length < 2 && list === undefined) throw error;
        return unread(name ?? '', error);
      });
      const judged = own ? placed(context, verdict) : verdict;
      allStart &&= judged.starts && judged.containers;
      if (options.strict) allStart &&= judged.needs.length === 0;
      if (options.stream) context.terminal.emit({ engine, ...judged }, lineOf(judged));
      else kept.push(judged);
    }
    return {
      engine,
      files: kept.map(({ path, starts, reloads, containers, needs }) => ({
        path,
        starts,
        reloads,
        containers,
        needs,
      })),
      findings: kept.flatMap(({ findings }) => findings),
      format: options.format,
      allStart,
    };
  },
  streams: ({ stream }) => stream,
  exports: ({ format }) => format !== 'text',
  render: (answer, style) => {
    if (answer.format === 'text') return textOf(answer, style);
    const findings = [
      ...answer.findings,
      ...answer.files.flatMap(({ needs, path }) => needFindings(needs, path)),
    ];
    return answer.format === 'sarif' ? sarifText(findings) : githubText(findings);
  },
  status: ({ allStart }) => (allStart ? 0 : 1),
});

function textOf({ engine, files, findings }: ValidateData, style: Style): string {
  const [only] = files;
  const about =
    files.length === 1 && only !== undefined
      ? `${only.path}: ${verdictText(only, style)}`
      : `${files.length} files`;
  const counts = countFindings(findings);
  const summary = style.wrapped(
    `${about} (dockerd ${engine})${counts === '' ? '' : `: ${counts}`}`,
  );
  const lines = [
    ...(findings.length === 0 ? [] : [renderFindings(findings, style)]),
    ...(files.length === 1 ? [] : files.flatMap(({ needs, path }) => needLines(needs, path))),
  ];
  return lines.length === 0 ? summary : `${lines.join('\n')}\n\n${summary}`;
}

function verdictText(
  { starts, reloads, containers, needs }: Omit<FileVerdict, 'findings'>,
  style: Style,
): string {
  if (!starts) return style.red('dockerd would not start');
  if (!containers) return style.red('dockerd starts, but no container would');
  const onMachine = needs.length === 0 ? '' : ` on a machine that has: ${needsText(needs)}`;
  if (!reloads) return style.yellow(`starts${onMachine}, but a reload is refused`);
  return onMachine === ''
    ? style.green('starts and reloads')
    : style.yellow(`starts and reloads${onMachine}`);
}

/** One file of a stream, in the form that grep and awk like. */
function lineOf(judged: FileVerdict): string {
  const { path, findings, needs } = judged;
  const verdict = wordOf(judged);
  const condition = needs.length === 0 ? '' : ` (${needsText(needs)})`;
  const [first] = findings;
  const place = first === undefined ? '' : `${first.line ?? 1}:${first.column ?? 1}: `;
  const worst = first === undefined ? '' : `: ${place}${first.message} [${first.code}]`;
  return `${path}: ${verdict}${condition}${worst}`;
}

function wordOf({ starts, reloads, containers, needs }: FileVerdict): string {
  if (!starts) return 'no-start';
  if (!containers) return 'no-containers';
  if (!reloads) return 'no-reload';
  return needs.length === 0 ? 'ok' : 'ok-if';
}
