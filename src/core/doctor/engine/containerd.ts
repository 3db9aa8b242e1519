import type { TomlTable } from 'smol-toml';
import { messageOf } from '../../../errors.js';
import { parseFlags } from '../../dockerd/options/flags.js';
import type { Finding } from '../../plan/finding.js';
import type { RefreshCommand } from '../../plan/plan.js';
import { LONGEST_TOML, readToml, unsetToml, valueAt } from '../../formats/toml/toml-edit.js';
import { textAt } from '../../plan/snapshot.js';
import { fixCommand, found } from '../codes.js';
import type { DoctorFacts, Family } from '../facts.js';
import { fixPlan, rewriteFile } from '../fix-plan.js';
import { moveAside } from '../../text/shell-word.js';

export const CONTAINERD_CONFIG = '/etc/containerd/config.toml';

export const containerdFamily: Family = {
  name: 'containerd',
  unseen: ({ filesOnly }) => filesOnly,
  ok: 'dockerd finds the containerd that it needs',
  find: (facts) => [...down(facts), ...config(facts)],
};

export const CONTAINERD = 'containerd.service';

/** A masked one is told with dockerd's own units. */
function down(facts: DoctorFacts): Finding[] {
  if (facts.units.get(CONTAINERD)?.get('LoadState') !== 'loaded' || !lacksContainerd(facts))
    return [];
  return [
    found('containerd-down', {
      subject: CONTAINERD,
      message: 'it does not run: no container starts, and dockerd loses sight of those that run.',
      hint: `systemctl start ${CONTAINERD}`,
    }),
  ];
}

/** With --containerd dockerd starts none of its own (moby cmd/dockerd/daemon_unix.go). */
export function lacksContainerd({
  observed,
  units,
}: Pick<DoctorFacts, 'observed' | 'units'>): boolean {
  const isExternal = parseFlags(observed.argv).flags.has('containerd');
  if (!isExternal || observed.state === 'absent') return false;
  const state = units.get(CONTAINERD)?.get('ActiveState') ?? '';
  return !['active', 'activating', 'reloading'].includes(state);
}

const RESTART: RefreshCommand = {
  argv: ['systemctl', 'try-restart', CONTAINERD],
  reason: `containerd reads ${CONTAINERD_CONFIG} at its start only; containers keep running`,
};

/** Sections of the CRI plugin, by the schema of the file. */
const REGISTRY = [
  ['plugins', 'cri', 'registry'],
  ['plugins', 'io.containerd.grpc.v1.cri', 'registry'],
  ['plugins', 'io.containerd.cri.v1.images', 'registry'],
];

function config({ snapshot }: DoctorFacts): Finding[] {
  const text = textAt(snapshot, CONTAINERD_CONFIG);
  if (text === null) return [];
  const file = { path: CONTAINERD_CONFIG, text };
  const place = { subject: 'containerd', path: CONTAINERD_CONFIG };
  const table = parsed(file);
  if (typeof table === 'string') {
    return [
      found('containerd-config-broken', {
        ...place,
        ...(text.length > LONGEST_TOML
          ? {
              message: `${table}: whether containerd starts with it is not known.`,
              hint: `head -c 300 ${CONTAINERD_CONFIG}`,
            }
          : {
              message: `${table}: containerd does not start with it.`,
              hint: moveAside(CONTAINERD_CONFIG),
            }),
      }),
    ];
  }
  return REGISTRY.flatMap((section) => {
    const has = (key: string): boolean => {
      const value = valueAt(table, [...section, key]);
      return value !== undefined && value !== '' && JSON.stringify(value) !== '{}';
    };
    if (!has('config_path') || !['mirrors', 'configs'].some(has)) return [];
    const fixed = unsetToml(file, [...section, 'config_path']);
    return [
      found('containerd-config-conflict', {
        ...place,
        message: `${section.join('.')} has config_path and, in the old way, mirrors or configs: containerd refuses to load its CRI plugin. The fix takes config_path out, keeps the others, and restarts containerd; to keep config_path, take the others out by hand.`,
        hint: fixCommand('containerd-config-conflict'),
        fix: fixPlan(
          'containerd-config-conflict',
          rewriteFile(snapshot, CONTAINERD_CONFIG, fixed),
          {
            refresh: [RESTART],
          },
        ),
      }),
    ];
  });
}

function parsed(file: { readonly path: string; readonly text: string }): TomlTable | string {
  try {
    return readToml(file);
  } catch (error) {
    return messageOf(error);
  }
}
