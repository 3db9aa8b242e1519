import { remove } from '../../formats/json/json-edit.js';
import type { Path } from '../../formats/json/json-path.js';
import { planDaemonEdit, readableConfig } from '../../dockerd/config/edit.js';
import { bytesIn } from '../../dockerd/config/file.js';
import { NO_FILE, verdictOn } from '../../dockerd/validate/check-candidate.js';
import type { Finding } from '../../plan/finding.js';
import type { Activation, Plan } from '../../plan/plan.js';
import { textAt } from '../../plan/snapshot.js';
import { shellWord } from '../../text/shell-word.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { fixPlan, ofUnit, rewriteFile } from '../fix-plan.js';
import { stoppedByVariables } from './unit-environment.js';

export const START_AGAIN: Activation = { action: 'restart', reasons: ['dockerd is down'] };

/** Variables that dockerd reads itself and does not start with when it does not like them (moby daemon/graphdriver, api/server). */
const START_VARIABLES = ['DOCKER_DRIVER', 'DOCKER_MIN_API_VERSION'];
/** A shorter value is in many a sentence by chance. */
const SHORTEST = 3;

/**
 * What dockerd's own last words blame, where nothing that we know of the file and its flags explains that it does not run: the
 * variable or the key that they name, or whose value they quote.
 */
export function blamedByDockerd(facts: DoctorFacts): Finding[] {
  const { failedStart, observed, host, configHidden } = facts;
  if (failedStart === null || configHidden !== null) return [];
  if (!verdictOn(bytesIn(observed.configFile) ?? NO_FILE, observed, host).starts) return [];
  const variables = blamedVariables(facts, failedStart.cause);
  return variables.length > 0 ? variables : blamedKeys(facts, failedStart.cause);
}

function blamedVariables(facts: DoctorFacts, cause: string): Finding[] {
  const { unit, failedStart, changedAt } = facts;
  const known = stoppedByVariables(facts).map(({ subject }) => subject);
  return START_VARIABLES.filter((name) => !known.includes(name)).flatMap((name): Finding[] => {
    const set = unit?.variables.get(name);
    if (set === undefined || (changedAt.get(set.source) ?? 0) > (failedStart?.atMs ?? 0)) return [];
    if (!cause.includes(name) && !quotes(cause, set.value)) return [];
    const own = set.source.startsWith('/etc/') ? textAt(facts.snapshot, set.source) : null;
    const changes =
      own === null ? [] : rewriteFile(facts.snapshot, set.source, withoutVariable(own, name));
    return [
      found('unit-variable-stops', {
        subject: name,
        path: set.source,
        message: `dockerd does not start with ${name}=${set.value}: ${cause}.`,
        ...(changes.length === 0
          ? { hint: 'systemctl edit docker.service' }
          : {
              hint: fixCommand('unit-variable-stops'),
              fix: fixPlan('unit-variable-stops', changes, ofUnit(`${name} is gone`)),
            }),
      }),
    ];
  });
}

/** Of a drop-in, or of a file with variables: the assignment alone goes, what stands beside it stays. */
function withoutVariable(text: string, name: string): string {
  const assignment = new RegExp(String.raw`\s*(?:"${name}=[^"]*"|'${name}=[^']*'|${name}=\S*)`);
  return text
    .split('\n')
    .flatMap((line) => {
      if (/^\s*[#;]/.test(line) || !assignment.test(line)) return [line];
      const rest = line.replace(assignment, '').trimEnd();
      return ['', 'Environment=', 'export'].includes(rest.trim()) ? [] : [rest.replace('= ', '=')];
    })
    .join('\n');
}

function blamedKeys(facts: DoctorFacts, cause: string): Finding[] {
  const { observed, config, failedStart, changedAt } = facts;
  if ((changedAt.get(observed.configPath) ?? 0) > (failedStart?.atMs ?? 0)) return [];
  return Object.entries(config ?? {}).flatMap(([key, value]): Finding[] => {
    if (!quotes(cause, key) && !textsIn(value).some((text) => quotes(cause, text))) return [];
    const fix = unsetPlan(facts, 'key-stops-dockerd', [key]);
    return [
      found('key-stops-dockerd', {
        subject: key,
        path: observed.configPath,
        message: `dockerd did not start with it: ${cause}.`,
        hint: `dockerctl config unset ${shellWord(key)}`,
        ...(fix !== null && { fix }),
      }),
    ];
  });
}

/**
 * Takes out what dockerd does not start with; the history has the way back. null for a file that is no strict JSON: that is
 * fixed first.
 */
export function unsetPlan({ observed }: DoctorFacts, code: string, path: Path): Plan | null {
  if (readableConfig(observed.configFile) === null) return null;
  const { changes, notes } = planDaemonEdit(
    observed,
    { title: '', edit: (document) => remove(document, path) },
    { activate: 'auto' },
  );
  return fixPlan(code, changes, { notes, activation: START_AGAIN });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** As a word of its own. */
function quotes(cause: string, text: string): boolean {
  if (text.length < SHORTEST) return false;
  const word = text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\w-])${word}(?![\w-])`).test(cause);
}
