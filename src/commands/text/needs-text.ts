import { type MachineNeed, needText } from '../../core/dockerd/validate/need.js';
import type { Finding } from '../../core/plan/finding.js';
import { printable } from '../../core/text/printable.js';

/** Nobody reads more; JSON has all. */
const MOST = 5;

/** What the machine must have, on one line: `the program /usr/bin/crun [runtimes.crun.path]`. */
export function needsText(needs: readonly MachineNeed[]): string {
  return shown(needs.map(ofNeed)).join('; ');
}

/** A line each, with its place, for the verdict on several files. */
export function needLines(needs: readonly MachineNeed[], file: string): string[] {
  const lines = needs.map((need) => {
    const { path = file, line, column } = need;
    const place = [path, line, column].filter((part) => part !== undefined).join(':');
    return `${place}: needs: ${ofNeed(need)}`;
  });
  return shown(lines, `${file}: needs: `);
}

function shown(all: readonly string[], place = ''): string[] {
  const left = all.length - MOST;
  return left > 1
    ? [...all.slice(0, MOST), `${place}and ${left} more (--json names all)`]
    : [...all];
}

/** As notes, for the formats that know findings alone. */
export function needFindings(needs: readonly MachineNeed[], file: string): Finding[] {
  return needs.map((need) => {
    const { key: subject, path = file, line, column, where } = need;
    const place = {
      path,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    };
    const what = need.stops === 'containers' ? 'a container starts' : 'dockerd starts';
    return {
      code: 'machine-need',
      severity: 'info',
      subject,
      ...place,
      message: `${what} only on a machine that has ${printable(needText(need), 300)}`,
      hint: `look there: ${where}; on the machine itself \`dockerctl config validate\` does`,
    };
  });
}

function ofNeed(need: MachineNeed): string {
  const late = need.stops === 'containers' ? ', for containers' : '';
  return `${printable(needText(need), 300)} [${printable(need.key)}]${late}`;
}
