import { andMore, MOST_FINDINGS } from './cut.js';
import { sortFindings, type Finding, type Severity } from '../../core/plan/finding.js';
import type { Style } from '../../app/context/command.js';

/** Findings for people, worst first: place, severity, message, code, and what to type, once for those in a row that are alike. */
export function renderFindings(findings: readonly Finding[], style: Style): string {
  const more = findings.length - MOST_FINDINGS;
  const shown = sortFindings(findings).slice(0, MOST_FINDINGS);
  return [
    ...shown.flatMap((finding, index) => {
      const line = findingText(finding, style);
      const next = shown[index + 1];
      const isAlike = next?.code === finding.code && next.hint === finding.hint;
      return isAlike ? [line] : [line, hintText(finding.hint, style)];
    }),
    ...(more > 0 ? [andMore(more)] : []),
  ].join('\n');
}

/** A sentence with its commands in backquotes is wrapped; a command alone is to be copied whole. */
const hintText = (hint: string, style: Style): string =>
  hint.includes('`') ? style.wrapped(`  Try: ${hint}`) : `  Try: ${hint}`;

/** `1 error, 2 warnings`; '' when there is nothing to count. */
export function countFindings(findings: readonly Finding[]): string {
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? '' : `${count} ${severity}${count > 1 && severity !== 'info' ? 's' : ''}`;
  });
  return counts.filter((text) => text !== '').join(', ');
}

/** A finding in the form that `--json` promises (docs/cli.md). */
export function findingData(finding: Finding): Record<string, unknown> {
  const { code, severity, subject, path, line, column, message, hint, fix } = finding;
  return { code, severity, subject, path, line, column, message, hint, fixable: fix !== undefined };
}

function findingText(finding: Finding, style: Style): string {
  const { severity, subject, path, line, column, message, code } = finding;
  const place =
    path === undefined
      ? subject
      : [path, line, column].filter((part) => part !== undefined).join(':');
  const mark: Record<Severity, string> = {
    error: style.red('error'),
    warning: style.yellow('warning'),
    info: style.cyan('info'),
  };
  return style.wrapped(`${place}: ${mark[severity]}: ${message} ${style.dim(`[${code}]`)}`);
}
