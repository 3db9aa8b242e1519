import { configOf } from '../../core/dockerd/config/edit.js';
import { comparisonOf, settlingCommand } from '../../core/dockerd/config/pending.js';
import { keyStates } from '../../core/dockerd/running/key-states.js';
import type { Document } from '../../core/formats/json/document.js';
import { type Difference, differencesOf } from '../../core/formats/json/difference.js';
import { openDocument } from '../../core/formats/json/open.js';
import { formatPath, type Path } from '../../core/formats/json/json-path.js';
import type { Json } from '../../core/formats/json/json-object.js';
import { onFile } from '../../core/text/file-error.js';
import { printable } from '../../core/text/printable.js';
import { redactAt } from '../../core/text/redact.js';
import { DockerctlError } from '../../errors.js';
import type { Host } from '../../host/host.js';
import { readDaemonJson } from '../../app/change/daemon-json.js';
import { defineCommand, type Style } from '../../app/context/command.js';

interface Compared {
  readonly path: string;
  /** `the running daemon`, or the file's name. */
  readonly with: string;
  readonly differences: readonly { readonly key: string; readonly text: readonly string[] }[];
  /** Keys of which nobody knows whether the running daemon has them, and the command after which it is known. */
  readonly unseen: readonly string[];
  readonly settles: string;
  /** The file was changed since dockerd was started, and what else it said then nobody knows. */
  readonly isRestUnknown: boolean;
  /** Keys that it has as far as the times of the file tell. */
  readonly inferred: readonly string[];
}

export const command = defineCommand({
  looks: () => true,
  summary: 'compare daemon.json with the running daemon, or with another file',
  args: [{ name: 'FILE', describe: 'the other file; default: the running daemon' }],
  options: {},
  examples: ['config diff', 'config diff /root/daemon.json'],
  run: async (context, { args: [file] }): Promise<Compared> => {
    const { document, observed } = await readDaemonJson(context);
    const { configPath: path } = observed;
    if (file !== undefined)
      return { path, ...compareFiles(document, readOther(context.host, file), file) };
    if (observed.info === null)
      throw new DockerctlError({
        code: 'no-daemon',
        message: 'No dockerd answers that reads this file, so there is nothing to compare it with.',
        hint: 'name a file: `dockerctl config diff FILE`, or see `dockerctl daemon status`',
      });
    const states = keyStates(observed, document);
    const { pending, unseen, inferred, isRestUnknown } = comparisonOf(states);
    return {
      path,
      with: 'the running daemon',
      differences: pending.map(({ key, differences: text }) => ({ key, text })),
      unseen,
      settles: settlingCommand(observed, states),
      isRestUnknown,
      inferred,
    };
  },
  render: renderCompared,
  status: ({ differences, unseen, isRestUnknown }) =>
    differences.length + unseen.length === 0 && !isRestUnknown ? 0 : 1,
});

function compareFiles(document: Document, other: Document, file: string): Omit<Compared, 'path'> {
  const differences = differencesOf(configOf(document), configOf(other)).map((difference) => ({
    key: formatPath(difference.path),
    text: differenceText(difference),
  }));
  return { with: file, differences, unseen: [], settles: '', isRestUnknown: false, inferred: [] };
}

function differenceText(difference: Difference): string[] {
  return [
    ...(difference.kind === 'added' ? [] : [`- ${show(difference.path, difference.before)}`]),
    ...(difference.kind === 'removed' ? [] : [`+ ${show(difference.path, difference.after)}`]),
  ];
}

function show(path: Path, value: Json): string {
  return printable(JSON.stringify(redactAt(path, value)));
}

function readOther(host: Host, file: string): Document {
  return openDocument(
    onFile(file, 'read', () => host.fs.read(file)),
    file,
  );
}

function renderCompared(compared: Compared, style: Style): string {
  const { path, with: other, differences, unseen, settles, isRestUnknown, inferred } = compared;
  const lines = differences.flatMap(({ key, text }) => [
    style.bold(key),
    ...text.map((line) => `  ${COLOURS[line.charAt(0)]?.(line, style) ?? line}`),
  ]);
  const unknown = [
    ...(unseen.length === 0
      ? []
      : [`Nobody knows whether the running daemon has ${unseen.join(', ')}. Try: ${settles}`]),
    ...(isRestUnknown
      ? [
          `${path}, or its folder where it does not exist, was changed since dockerd was started, and nobody knows what it said then. Try: ${settles}`,
        ]
      : []),
  ].map((line) => style.yellow(line));
  const byTimes =
    inferred.length === 0
      ? []
      : [
          style.dim(
            `As far as the file's times tell, for dockerd does not show it: ${inferred.join(', ')}`,
          ),
        ];
  const same = lines.length + unknown.length === 0 ? [`${path} and ${other} say the same.`] : [];
  return [...lines, ...unknown, ...same, ...byTimes].join('\n');
}

const COLOURS: Readonly<Record<string, (line: string, style: Style) => string>> = {
  '-': (line, style) => style.red(line),
  '+': (line, style) => style.green(line),
};
