import type { EffectiveValue } from '../../core/dockerd/config/effective.js';
import { CONFIG_FINDING_CODES } from '../../core/dockerd/validate/finding-codes.js';
import { DOCTOR_CODES } from '../../core/doctor/codes.js';
import type { Severity } from '../../core/plan/finding.js';
import { printable } from '../../core/text/printable.js';
import type { ListedTrust } from '../../core/trust/consumers/listing.js';
import type { Style } from '../../app/context/command.js';
import { agentStatusLines } from '../text/agent-status-text.js';
import { localTime } from '../text/local-time.js';
import { groupFindings, type FindingGroup } from './status-groups.js';
import { registryGroups } from './status-registries.js';
import type { StatusData, StatusFindings, StatusPart } from './status-data.js';
import { utcDay } from '../../core/text/utc-time.js';

/** A paragraph of the screen; the label of the first of a part stands before it. */
export interface StatusRow {
  readonly label: string;
  readonly text: string;
  /** Somebody should do something. */
  readonly urgent?: boolean;
  /** By how many columns its further lines are indented. */
  readonly hang?: number;
  /** What to type. */
  readonly command?: string;
}

/** How many rows of each fit on a screen of 24 lines. */
const MOST = { findings: 4, settings: 4, registries: 4, certificates: 3 } as const;
const LONGEST_VALUE = 40;

type Part<Value> = StatusPart<Value>;

function rowsOf<Value>(
  label: string,
  part: Part<Value>,
  { style, rows }: { style: Style; rows: (value: Value) => readonly Omit<StatusRow, 'label'>[] },
): StatusRow[] {
  const found = part.ok ? rows(part.value) : [{ text: style.red(part.error), urgent: true }];
  return found.map((row) => ({ label, ...row }));
}

/** Those shown, and a row that counts the others. */
function first<Item>(
  items: readonly Item[],
  most: number,
  { row, more }: { row: (item: Item) => Omit<StatusRow, 'label'>; more: string },
): Omit<StatusRow, 'label'>[] {
  const shown = items.length <= most + 1 ? items : items.slice(0, most);
  const left = items.length - shown.length;
  return [...shown.map(row), ...(left === 0 ? [] : [{ text: `and ${left} more: ${more}` }])];
}

/** What is no more than a note is counted. */
export function findingRows({ findings }: StatusData, style: Style): StatusRow[] {
  return rowsOf('to do', findings, {
    style,
    rows: ({ list, ...looked }) => {
      const groups = groupFindings(list.filter(({ severity }) => severity !== 'info'));
      const notes = list.filter(({ severity }) => severity === 'info').length;
      const rows = first(groups, MOST.findings, {
        row: (group) => ({ text: groupText(group, style), hang: 9, command: group.hint }),
        more: 'dockerctl doctor',
      });
      return [...rows, ...restRows({ groups, notes, ...looked }, style)];
    },
  });
}

interface Rest extends Omit<StatusFindings, 'list'> {
  readonly groups: readonly FindingGroup[];
  readonly notes: number;
}

function restRows(
  { groups, notes, unseen, asRoot, filesOnly }: Rest,
  style: Style,
): { text: string }[] {
  const noted = notes === 0 ? '' : `${notes} ${notes === 1 ? 'note' : 'notes'}: dockerctl doctor`;
  const seen = unseen.length > 0 ? 'nothing that was seen' : style.green('nothing');
  const nothing = filesOnly ? 'nothing in the files' : seen;
  const hidden = unseen.map((one) => style.say(one)).join(', ');
  const doctor = asRoot ? 'dockerctl doctor' : 'sudo dockerctl doctor';
  return [
    ...(groups.length === 0 ? [{ text: noted === '' ? nothing : `${nothing}; ${noted}` }] : []),
    ...(groups.length > 0 && noted !== '' ? [{ text: style.dim(noted) }] : []),
    ...(hidden === '' ? [] : [{ text: style.dim(`not looked at: ${hidden} (${doctor})`) }]),
  ];
}

const MARKS: Readonly<Record<Severity, (style: Style) => string>> = {
  error: (style) => style.red('error  '),
  warning: (style) => style.yellow('warning'),
  info: (style) => style.cyan('info   '),
};

const MOST_SUBJECTS = 6;

function groupText({ code, severity, of }: FindingGroup, style: Style): string {
  const subjects = of.map(({ subject }) => printable(subject, 60));
  const more =
    subjects.length > MOST_SUBJECTS ? ` and ${subjects.length - MOST_SUBJECTS} more` : '';
  const names = `${subjects.slice(0, MOST_SUBJECTS).join(', ')}${more}`;
  const message =
    of.length === 1 ? (of[0]?.message ?? '') : (meaningOf(code) ?? of[0]?.message ?? '');
  const said = style.say(message);
  const colon = said === message ? ': ' : '：';
  return `${MARKS[severity](style)}  ${style.bold(names)}${colon}${printable(said, 160)}`;
}

function meaningOf(code: string): string | undefined {
  const known: Readonly<Record<string, { readonly meaning: string }>> = {
    ...CONFIG_FINDING_CODES,
    ...DOCTOR_CODES,
  };
  return known[code]?.meaning;
}

/** What is not in force yet comes first, then what the file says. */
export function settingRows({ settings, daemon }: StatusData, style: Style): StatusRow[] {
  // What is wrong with the file stands above.
  if (!settings.ok && ('error' in daemon || !daemon.starts)) return [];
  const rank = ({ pending, source }: EffectiveValue): number =>
    pending === null ? (source === 'file' ? 1 : 2) : 0;
  return rowsOf('settings', settings, {
    style,
    rows: (values) =>
      values.length === 0
        ? [{ text: style.dim("dockerd's own: neither file nor flags say anything") }]
        : first(
            values.toSorted((a, b) => rank(a) - rank(b)),
            MOST.settings,
            {
              row: (value) => settingRow(value, style),
              more: 'dockerctl config show --effective',
            },
          ),
  });
}

function settingRow(value: EffectiveValue, style: Style): Omit<StatusRow, 'label'> {
  const { key, source, from, pending } = value;
  const said = style.say(source);
  const origin = from === null ? said : `${said} ${from}`;
  const bracketed = said === source ? ` ${style.dim(`(${origin})`)}` : style.dim(`（${origin}）`);
  const text = `${key} ${shown(value.value)}${bracketed}`;
  if (pending === null) return { text, hang: 2 };
  const next = style.yellow(`not in force yet: ${shown(pending.value)}`);
  return { text: `${key} ${shown(value.value)}, ${next}`, hang: 2, urgent: true };
}

const shown = (value: EffectiveValue['value']): string =>
  printable(JSON.stringify(value), LONGEST_VALUE);

/** A row for each registry, those first that are open or end soonest. */
export function registryRows({ registries }: StatusData, style: Style): StatusRow[] {
  return rowsOf<readonly ListedTrust[]>('registries', registries, {
    style,
    rows: (trusted) =>
      trusted.length === 0
        ? [{ text: style.dim('none beyond what the system trusts') }]
        : first(registryGroups(trusted, style), MOST.registries, {
            row: (text) => ({ text, hang: 2 }),
            more: 'dockerctl trust list',
          }),
  });
}

export function certificateRows({ certificates }: StatusData, style: Style): StatusRow[] {
  return rowsOf('certificates', certificates, {
    style,
    rows: (list) => {
      if (list === null) return [{ text: style.dim('no authority of ours: dockerctl certs init') }];
      if (list.length === 0) return [{ text: style.dim('none issued') }];
      return first(list, MOST.certificates, {
        row: ({ name, status, notAfter, due }) => ({
          text: `${printable(name)}  ${status}, until ${utcDay(Date.parse(notAfter))}${due ? style.yellow('  due: dockerctl certs renew --due') : ''}`,
          urgent: due || status !== 'valid',
          hang: 2,
        }),
        more: 'dockerctl certs list',
      });
    },
  });
}

export function changeRows({ change }: StatusData, style: Style): StatusRow[] {
  return rowsOf('last change', change, {
    style,
    rows: (last) => {
      if (last === null) return [{ text: style.dim('none by dockerctl') }];
      const { generation, commandLine, when, state } = last;
      const text = `${generation}  ${localTime(when)}  ${printable(commandLine)}  ${state}`;
      return [{ text, hang: 2, urgent: state.startsWith('waits') || state === 'cut off' }];
    },
  });
}

export function adriftRows({ adrift }: StatusData, style: Style): StatusRow[] {
  return rowsOf('declaration', adrift, {
    style,
    rows: (count) => {
      if (count === null)
        return [{ text: style.dim('none: dockerctl adopt writes one of what is there') }];
      if (count === 0) return [{ text: style.green('everything is as declared') }];
      const text = `${count} ${count === 1 ? 'thing is' : 'things are'} adrift: dockerctl drift`;
      return [{ text: style.yellow(text), urgent: true }];
    },
  });
}

export function agentRows({ agent, pause }: StatusData, style: Style): StatusRow[] {
  const rows = rowsOf('agent', agent, {
    style,
    rows: (status) => agentStatusLines(status, style).map((text) => ({ text, hang: 2 })),
  });
  if (pause === null) return rows;
  const until = pause.until === null ? '' : ` until ${localTime(pause.until)}`;
  const text = `${style.yellow('paused')} by ${printable(pause.by)}${until}: ${printable(pause.reason)}`;
  return [...rows, { label: 'agent', text, hang: 2, urgent: true }];
}
