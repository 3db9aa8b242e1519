import { argvFlags } from '../../dockerd/options/argv.js';
import { newFlagErrors } from '../../dockerd/validate/new-flags.js';
import type { UnitCommand } from '../../dockerd/observed/unit.js';
import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import { withConfigCommand } from './config-commands.js';
import type { DoctorFacts, Family } from '../facts.js';
import { editedUnits } from './packaged-unit.js';
import { moveFlags } from './flags-to-file.js';
import { flagFiles, misspelt, unused } from './unit-variables.js';

export const unitFamily: Family = {
  name: 'unit',
  unseen: ({ filesOnly, observed: { manager } }) =>
    filesOnly || (manager.kind === 'process' && manager.untold !== null),
  ok: ({ unit }) =>
    unit === null ? 'no unit starts dockerd' : 'its flags are those that it was given',
  find: (facts) => {
    const { unit } = facts;
    if (unit === null) return [];
    return [
      ...misspelt(facts, unit),
      ...unused(facts, unit),
      ...scattered(facts, unit),
      ...stale(facts, unit),
      ...editedUnits(facts),
    ];
  },
};

/** The packaged unit's own flags are no place of settings. */
function scattered(facts: DoctorFacts, unit: UnitCommand): Finding[] {
  const { observed, config } = facts;
  const sources = new Set(
    unit.words
      .slice(1)
      .filter(({ word }) => word.startsWith('-'))
      .map(({ source }) => source)
      .filter((source) => source.startsWith('/etc/')),
  );
  const places = [
    ...sources,
    ...(Object.keys(config ?? {}).length > 0 ? [observed.configPath] : []),
  ];
  const variable = flagFiles(facts, unit).find(({ path }) => sources.has(path));
  if (places.length < 3 || variable === undefined) return [];
  return [
    found('flags-in-many-places', {
      subject: 'dockerd',
      path: variable.path,
      message: `its settings stand in ${places.join(', ')}.`,
      ...moveFlags(facts, 'flags-in-many-places', variable),
    }),
  ];
}

function stale(facts: DoctorFacts, { words }: UnitCommand): Finding[] {
  const { observed, units, host } = facts;
  const { manager, argv, state } = observed;
  if (manager.kind !== 'systemd' || observed.unitFault !== null) return [];
  if (units.get(manager.unit)?.get('NeedDaemonReload') === 'yes') {
    return [
      found('unit-not-reloaded', {
        subject: manager.unit,
        message: 'a file of the unit was changed, and systemd has not read it.',
        hint: `systemctl ${manager.user ? '--user ' : ''}daemon-reload`,
      }),
    ];
  }
  const wanted = words.map(({ word }) => word);
  // systemd's own specifiers are not ours to expand; a wrapper's child has the wrapper's flags.
  const comparable =
    wanted[0]?.endsWith('/dockerd') === true && !wanted.some((word) => word.includes('%'));
  if (state !== 'running' || !comparable || sameFlags(argv, wanted)) return [];
  const [error] = newFlagErrors(observed, host);
  const runs = 'dockerd runs with other flags than the unit has by now';
  return [
    found('unit-not-restarted', {
      subject: manager.unit,
      ...(error === undefined
        ? { message: `${runs}.`, hint: 'dockerctl daemon restart' }
        : {
            message: `${runs}, and would not start with those: ${error.message}.`,
            hint: withConfigCommand(facts, error, new Set()).hint,
          }),
    }),
  ];
}

function sameFlags(one: readonly string[], other: readonly string[]): boolean {
  const sorted = (argv: readonly string[]): string =>
    JSON.stringify(
      argvFlags(argv)
        .map(({ name, value }) => `${name}=${value ?? ''}`)
        .sort(),
    );
  return sorted(one) === sorted(other);
}
