import { bytesOf } from '../../core/content.js';
import type { HostFacts } from '../../core/daemon/host-facts.js';
import { validateConfig, type Verdict } from '../../core/daemon/validate.js';
import { formatVersion, type EngineVersion } from '../../core/daemon/version.js';
import type { Finding } from '../../core/finding.js';
import { observeDaemon } from '../../system/observe.js';
import { readHostFacts } from '../../system/host-facts.js';
import { defineCommand, type Context, type Style } from '../command.js';
import { githubText, sarifText } from '../findings-export.js';
import { countFindings, renderFindings } from '../findings-text.js';
import { readInputFile } from '../input-file.js';
import { chosenEngine, type ChosenEngine } from './engine-option.js';

interface Judged {
  readonly path: string;
  readonly starts: boolean;
  readonly reloads: boolean;
}

interface Answer {
  readonly engine: string;
  readonly files: readonly Judged[];
  readonly findings: readonly (Finding & { readonly fixable: boolean })[];
  readonly format: string;
}

interface Situation {
  readonly engine: EngineVersion;
  readonly argv: readonly string[];
  readonly host: HostFacts;
}

export const command = defineCommand({
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
      describe: "dockerd's flags; auto: those of this machine's unit",
      placeholder: 'FLAGS',
    },
    format: {
      type: 'string',
      default: 'text',
      choices: ['text', 'sarif', 'github'],
      describe: 'how findings are printed',
    },
  },
  examples: [
    'config validate',
    'config validate daemon.json --engine 27 --unit-flags "-H fd://"',
    'config validate --engine 28.5 --format github daemon.json',
  ],
  run: async (context, { args, options }): Promise<Answer> => {
    const chosen = await chosenEngine(context, options.engine);
    const situation = situationOf(context, chosen, options['unit-flags']);
    const verdicts: (Verdict & { readonly path: string })[] = [];
    for (const file of args.length === 0 ? [null] : args) {
      const { path, bytes } = await contentOf(context, { chosen, file });
      // A machine without the file starts with the defaults.
      const verdict = bytes === null ? FINE : validateConfig({ ...situation, bytes, path });
      verdicts.push({ ...verdict, path });
    }
    return {
      engine: formatVersion(situation.engine),
      files: verdicts.map(({ path, starts, reloads }) => ({ path, starts, reloads })),
      findings: verdicts
        .flatMap(({ findings }) => findings)
        .map((finding) => ({ ...finding, fixable: false })),
      format: options.format,
    };
  },
  render: (answer, style) => {
    if (answer.format === 'sarif') return sarifText(answer.findings);
    return answer.format === 'github' ? githubText(answer.findings) : textOf(answer, style);
  },
  status: ({ files }) => (files.every(({ starts }) => starts) ? 0 : 1),
});

const FINE: Verdict = { starts: true, reloads: true, findings: [] };

/** A named engine is another machine's: this one's flags and files say nothing about it. */
function situationOf(
  { host }: Context,
  { version, observed }: ChosenEngine,
  flags: string,
): Situation {
  return {
    engine: version,
    argv:
      flags === 'auto'
        ? (observed?.argv ?? [])
        : ['dockerd', ...flags.split(/\s+/).filter(Boolean)],
    host: observed === null ? {} : readHostFacts(host, observed),
  };
}

async function contentOf(
  context: Context,
  { chosen, file }: { readonly chosen: ChosenEngine; readonly file: string | null },
): Promise<{ readonly path: string; readonly bytes: Uint8Array | null }> {
  if (file !== null) return { path: file, bytes: await readInputFile(context, file) };
  const { configPath, configFile } =
    chosen.observed ?? (await observeDaemon(context.host, context.options));
  const bytes = configFile === null ? null : bytesOf(configFile.content, new Map());
  return { path: configPath, bytes };
}

function textOf({ engine, files, findings }: Answer, style: Style): string {
  const [only] = files;
  const about =
    files.length === 1 && only !== undefined ? verdictText(only, style) : `${files.length} files`;
  const counts = countFindings(findings);
  const summary = `${about} (dockerd ${engine})${counts === '' ? '' : `: ${counts}`}`;
  return findings.length === 0 ? summary : `${renderFindings(findings, style)}\n\n${summary}`;
}

function verdictText({ path, starts, reloads }: Judged, style: Style): string {
  if (!starts) return `${path}: ${style.red('dockerd would not start')}`;
  return `${path}: ${reloads ? style.green('starts and reloads') : style.yellow('starts, but a reload is refused')}`;
}
