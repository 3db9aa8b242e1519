import { wrap, wrapHanging } from '../../core/text/wrap.js';
import { printable } from '../../core/text/printable.js';
import { sortFindings, type Finding, type Severity } from '../../core/plan/finding.js';
import type { Examined } from '../../core/doctor/families.js';
import type { Outcome } from '../../core/plan/outcome.js';
import { andMore, MOST_ON_SCREEN } from './cut.js';
import type { Style } from '../../app/context/command.js';
import { countFindings } from './findings-text.js';
import { renderOutcome } from './outcome-text.js';

interface DoctorData {
  readonly families: readonly Examined[];
  readonly outcome: Outcome | null;
}

/** A line for each family that is in order, and a paragraph for each that is not. */
export function renderDoctor({ families, outcome }: DoctorData, style: Style): string {
  const findings = families.flatMap((family) => family.findings);
  const fine = families
    .filter((family) => family.findings.length === 0)
    .map(({ name, ok, unseen }) =>
      wrapHanging(
        unseen
          ? style.dim(`-- ${style.say(`${name}: not looked at`)}`)
          : `${style.green(style.say('ok'))} ${style.say(`${name}: ${ok}`)}`,
        style.width,
        3,
      ),
    );
  const wrong = families
    .filter((family) => family.findings.length > 0)
    .map((family) => familyText(family, style));
  const count = countFindings(findings);
  return [
    ...(outcome === null ? [] : [renderOutcome(outcome, style), '']),
    ...(families.length === 0 ? [`${style.green('ok')} ${noneOf(outcome)}`] : fine),
    ...wrong.flatMap((text) => ['', text]),
    ...(count === '' ? [] : ['', count]),
  ].join('\n');
}

function noneOf(outcome: Outcome | null): string {
  return outcome?.status === 'applied'
    ? 'what was asked for is fixed: it is no longer found'
    : 'what was asked for is not found here';
}

function familyText({ name, findings }: Examined, style: Style): string {
  const kinds = alike(sortFindings(findings));
  const shown = kinds.slice(0, MOST_ON_SCREEN);
  const more = findings.length - shown.flat().length;
  return [
    style.bold(style.say(name)),
    ...shown.map((ones) => findingText(ones, style)),
    ...(more > 0 ? [`  ${andMore(more)}`] : []),
  ].join('\n');
}

type Alike = readonly [Finding, ...Finding[]];

/** Those that differ by their place in one file alone, together: a file may have the same mistake twenty times. */
function alike(findings: readonly Finding[]): Alike[] {
  const kinds = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const { severity, subject, code, message, hint, path } = finding;
    const kind = JSON.stringify([severity, subject, code, message, hint, path]);
    const ones = kinds.get(kind);
    if (ones === undefined) kinds.set(kind, [finding]);
    else ones.push(finding);
  }
  return [...kinds.values()];
}

const MARKS: Readonly<Record<Severity, (style: Style) => string>> = {
  error: (style) => style.red(style.say('error')),
  warning: (style) => style.yellow(style.say('warning')),
  info: (style) => style.cyan(style.say('info')),
};

/** It is a title; what it is cut off from stands in the message or the place. */
const LONGEST_SUBJECT = 60;

function findingText([first, ...others]: Alike, style: Style) {
  const { severity, subject, code, message, hint } = first;
  const at = placeOf(first);
  const title = code === 'not-readable' ? familiesOf(subject, style) : subject;
  const head = `  ${MARKS[severity](style)} ${printable(title, LONGEST_SUBJECT)} ${style.dim(`[${code}]`)}`;
  const width = Math.max(40, Math.min(style.width, 100)) - 4;
  const places = [at, ...others.map(({ line = 0, column = 0 }) => `${line}:${column}`)].join(', ');
  const where = at === '' || at === subject ? [] : wrap(places, width);
  return [
    wrapHanging(head, style.width, 4),
    ...where.map((text) => `    ${style.dim(text)}`),
    ...wrap(style.say(message), width).map((text) => `    ${text}`),
    `    Try: ${style.bold(hint)}`,
  ].join('\n');
}

/** Where it is no path, it is the families that could not look. */
const familiesOf = (subject: string, style: Style): string =>
  subject
    .split(', ')
    .map((one) => style.say(one))
    .join(', ');

function placeOf({ path, line, column }: Pick<Finding, 'path' | 'line' | 'column'>): string {
  return [path, line, column].filter((part) => part !== undefined).join(':');
}
