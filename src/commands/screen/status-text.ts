import { columnsOf } from '../../core/text/width.js';
import { wrap } from '../../core/text/wrap.js';
import type { Style } from '../../app/context/command.js';
import type { StatusData } from './status-data.js';
import {
  adriftRows,
  agentRows,
  certificateRows,
  changeRows,
  findingRows,
  registryRows,
  settingRows,
  type StatusRow,
} from './status-rows.js';
import { daemonRows } from './status-daemon.js';

/** Before the texts: the names of the parts. */
const LABEL = 14;
/** Of a text beside its label. */
const NARROWEST = 16;

/**
 * One screen: dockerd, then what needs a hand, then the other parts; among those, what needs a hand comes first. Wrapped at the
 * terminal's width; what does not fit on one screen is counted, with the command that shows it.
 */
export function renderStatus(data: StatusData, style: Style): string {
  const parts: readonly (readonly StatusRow[])[] = [
    settingRows(data, style),
    registryRows(data, style),
    certificateRows(data, style),
    adriftRows(data, style),
    agentRows(data, style),
    changeRows(data, style),
  ];
  const isUrgent = (rows: readonly StatusRow[]) => rows.some(({ urgent }) => urgent === true);
  return [
    daemonRows(data, style),
    findingRows(data, style),
    ...parts.filter(isUrgent),
    ...parts.filter((rows) => !isUrgent(rows)),
  ]
    .flatMap((rows) => partLines(rows, style.width, style))
    .join('\n');
}

/** The label of a row stands before it where it is another than that of the row above. A command is not broken: it is to be copied. */
function partLines(rows: readonly StatusRow[], width: number, style: Style): string[] {
  return rows.flatMap(({ label, text, hang = 0, command }, index) => {
    const shown = label === rows[index - 1]?.label ? '' : style.say(label);
    const head = style.bold(shown) + ' '.repeat(LABEL - columnsOf(shown));
    const room = Math.max(NARROWEST, width - LABEL - hang);
    const lines = withCommand(wrap(style.say(text), room), command, { room, style });
    return lines.map((line, at) => (at === 0 ? head + line : ' '.repeat(LABEL + hang) + line));
  });
}

function withCommand(
  lines: readonly string[],
  command: string | undefined,
  { room, style }: { readonly room: number; readonly style: Style },
): readonly string[] {
  if (command === undefined) return lines;
  const last = lines.at(-1) ?? '';
  const told = style.say(`Try: ${style.bold(command)}`);
  return columnsOf(last) + columnsOf(told) < room
    ? [...lines.slice(0, -1), `${last} ${told}`]
    : [...lines, told];
}
