import type { UnitCommand } from '../../dockerd/observed/unit.js';
import type { Finding } from '../../plan/finding.js';
import { textAt } from '../../plan/snapshot.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { moveFlags, type FlagVariable } from './flags-to-file.js';
import { fixPlan, ofUnit, rewriteFile } from '../fix-plan.js';

/** Variables that packages and guides give dockerd's flags in. */
const FLAG_VARIABLES = [
  'DOCKER_OPTS',
  'OPTIONS',
  'DOCKER_OPTIONS',
  'DOCKERD_OPTIONS',
  'DOCKER_NETWORK_OPTIONS',
  'DOCKER_STORAGE_OPTIONS',
  'INSECURE_REGISTRY',
  'ADD_REGISTRY',
  'BLOCK_REGISTRY',
  'OPTS',
  'other_args',
];

/** Where packages look for them; read also when the unit does not. */
export const FLAG_FILES = ['/etc/default/docker', '/etc/sysconfig/docker'];

/** systemd replaces a variable that nobody sets by nothing, and says so in the journal alone. */
export function misspelt({ snapshot }: DoctorFacts, { start, variables }: UnitCommand): Finding[] {
  if (start === null) return [];
  const names = [...start.value.matchAll(/\$\{?([A-Za-z_]\w*)\}?/g)].map(([, name = '']) => name);
  const spare = [...new Set([...variables.keys(), ...FLAG_VARIABLES])].filter(
    (name) => !names.includes(name),
  );
  return names
    .filter((name) => !variables.has(name) && !FLAG_VARIABLES.includes(name))
    .flatMap((name) => {
      const meant = spare.find((other) => isNear(name, other));
      if (meant === undefined) return [];
      const text = textAt(snapshot, start.source) ?? '';
      const fixed = text.replaceAll(new RegExp(`\\$(\\{?)${name}\\b`, 'g'), `$$$1${meant}`);
      return [
        found('unit-variable-unset', {
          subject: `$${name}`,
          path: start.source,
          message: `nothing sets $${name}; $${meant} was meant, and what it holds is not used.`,
          hint: fixCommand('unit-variable-unset'),
          fix: fixPlan(
            'unit-variable-unset',
            rewriteFile(snapshot, start.source, fixed),
            ofUnit(`the flags in $${meant}`),
          ),
        }),
      ];
    });
}

/** One slip of the finger: a letter more, less, or another one, two that changed places; or letters in another case. */
function isNear(one: string, other: string): boolean {
  if (one.toLowerCase() === other.toLowerCase()) return true;
  const [short = '', long = ''] = [one, other].sort((a, b) => a.length - b.length);
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const swapped = `${short[at + 1] ?? ''}${short[at] ?? ''}${short.slice(at + 2)}`;
  if (short.length === long.length && swapped === long.slice(at)) return true;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}

export function unused(facts: DoctorFacts, unit: UnitCommand): Finding[] {
  const used = unit.start?.value ?? '';
  return flagFiles(facts, unit).flatMap(({ path, name, value }) =>
    new RegExp(`\\$\\{?${name}\\b`).test(used) && unit.environmentFiles.includes(path)
      ? []
      : [
          found('unit-variable-unused', {
            subject: name,
            path,
            message: `the unit does not use ${name}: ${value} has no effect.`,
            ...moveFlags(facts, 'unit-variable-unused', { path, name, value }),
          }),
        ],
  );
}

export function flagFiles({ snapshot }: DoctorFacts, unit: UnitCommand): FlagVariable[] {
  return [...new Set([...unit.environmentFiles, ...FLAG_FILES])].flatMap((path) =>
    [...(textAt(snapshot, path) ?? '').matchAll(/^\s*(?:export\s+)?(\w+)=\s*["']?(-[^"'\n]*)/gm)]
      .map(([, name = '', value = '']) => ({ path, name, value: value.trim() }))
      .filter(({ name }) => FLAG_VARIABLES.includes(name)),
  );
}
