import { stringsOf } from '../../options/meaning.js';
import { inRange } from '../../options/keys/version.js';
import {
  counted,
  NO_CONTAINER,
  listOf,
  problemsOf,
  quote,
  type DecodedConfig,
  type RuleProblem,
} from './rule.js';

/** The daemon's own affairs: labels, resources, accounts, plugins, swarm. */
export function checkProcess(candidate: DecodedConfig): RuleProblem[] {
  return [
    ...checkLabels(candidate),
    ...checkResources(candidate),
    ...checkGroup(candidate),
    ...checkPlugins(candidate),
    ...checkSwarm(candidate),
    ...checkRootless(candidate),
  ];
}

/** moby opts.go ValidateLabel, config.go GetConflictFreeLabels. */
function checkLabels(candidate: DecodedConfig): RuleProblem[] {
  const seen = new Map<string, string>();
  const isWorth = counted();
  const withoutValue = inRange(candidate.engine, '23..') ? 'start' : 'both';
  return stringsOf(candidate.config.get('labels')).flatMap((label, index): RuleProblem[] => {
    const at = label.indexOf('=');
    const [key, value] = [label.slice(0, at), label.slice(at + 1)];
    const earlier = seen.get(key);
    if (at !== -1) seen.set(key, value);
    const reason = labelProblem(label, {
      at,
      conflict: earlier !== undefined && earlier !== value,
    });
    // A reload since 23.0 drops what has no = before it looks (config.go, Reload).
    const stops = at === -1 ? withoutValue : 'both';
    if (reason === null || !isWorth(stops)) return [];
    return [
      {
        code: 'bad-label',
        path: ['labels', index],
        message: `dockerd refuses the label ${quote(label)}: ${reason}`,
        hint:
          earlier === undefined || at === -1
            ? 'write key=value'
            : `remove it, or ${quote(`${key}=${earlier}`)}`,
        stops,
      },
    ];
  });
}

function labelProblem(
  label: string,
  found: { readonly at: number; readonly conflict: boolean },
): string | null {
  if (found.at === -1) return 'it has no =';
  if (/^(?:com\.docker|io\.docker|org\.dockerproject)\./i.test(label))
    return 'its name space is reserved';
  return found.conflict ? 'the key stands before with another value' : null;
}

/** swarmkit api/genericresource/parse.go. */
function checkResources(candidate: DecodedConfig): RuleProblem[] {
  const entries = stringsOf(candidate.config.get('node-generic-resources'));
  const values = new Map<string, { count: number; number?: string }>();
  for (const entry of entries) {
    const value = entry.slice(entry.indexOf('=') + 1).trim();
    const { count = 0, ...known } = values.get(nameOf(entry)) ?? {};
    const number = /^[+-]?\d+$/.test(value) && { number: value };
    values.set(nameOf(entry), { ...known, ...number, count: count + 1 });
  }
  return problemsOf(entries, (entry, index): RuleProblem[] => {
    const { count = 0, number } = values.get(nameOf(entry)) ?? {};
    const wrong =
      entry.split('=').length !== 2 ||
      (count === 1 && Number(number) < 0) ||
      (count > 1 && number !== undefined);
    return wrong
      ? [
          {
            code: 'bad-value',
            path: ['node-generic-resources', index],
            message: `dockerd refuses the resource ${quote(entry)}`,
            hint: 'write NAME=VALUE: one number, or only names, for each NAME',
          },
        ]
      : [];
  });
}

function nameOf(entry: string): string {
  return entry.slice(0, Math.max(entry.indexOf('='), 0)).trim();
}

/** A missing "docker" group is forgiven (moby daemon/listeners/listeners_linux.go). */
function checkGroup(candidate: DecodedConfig): RuleProblem[] {
  const group = candidate.config.get('group');
  const { groups } = candidate.host;
  if (typeof group !== 'string' || ['', 'docker'].includes(group)) return [];
  const hosts = listOf(candidate, 'hosts');
  // With fd:// the socket and its group are systemd's.
  const usesGroup = hosts.length === 0 || hosts.some((host) => host.startsWith('unix:'));
  if (groups?.includes(group) === true || /^\d+$/.test(group) || !usesGroup) return [];
  return [
    {
      ...(groups === undefined && { need: { needs: 'group', what: group } }),
      code: 'missing-account',
      path: ['group'],
      message: `this machine has no group ${quote(group)}`,
      hint: `groupadd --system ${/^[a-z_][a-z0-9_-]*$/.test(group) ? group : 'NAME'}`,
    },
  ];
}

function checkPlugins(candidate: DecodedConfig): RuleProblem[] {
  const { authorizationPlugins } = candidate.host;
  return problemsOf(
    stringsOf(candidate.config.get('authorization-plugins')),
    (plugin, index): RuleProblem[] =>
      authorizationPlugins?.includes(plugin) === true
        ? []
        : [
            {
              ...(authorizationPlugins === undefined && {
                need: { needs: 'plugin', what: `${plugin}, for authorization` },
              }),
              code: 'missing-program',
              path: ['authorization-plugins', index],
              message: `no authorization plugin ${quote(plugin)} answers on this machine; a reload would end dockerd`,
              hint: `install the plugin, or remove ${quote(plugin)}`,
              stops: 'both',
            },
          ],
  );
}

/** Seen by a start only, since 23.0 (moby daemon/cluster/cluster.go); 20.10 refuses the reload too. */
function checkSwarm(candidate: DecodedConfig): RuleProblem[] {
  if (candidate.host.swarm !== 'active' || candidate.config.get('live-restore') !== true) return [];
  return [
    {
      code: 'live-restore-swarm',
      path: ['live-restore'],
      message:
        'this machine is in a swarm, which excludes live-restore: the next start of dockerd fails',
      hint: 'set live-restore to false',
      stops: inRange(candidate.engine, '..20') ? 'both' : 'start',
    },
  ];
}

/**
 * dockerd-rootless.sh gives the flag; since 28.0 the bridge driver asks RootlessKit for its ports (moby libnetwork/drivers/bridge,
 * rlkclient), before the first container does so for its cgroup (pkg/rootless/specconv, ToRootless).
 */
function checkRootless({ config, engine, host }: DecodedConfig): RuleProblem[] {
  const modern = inRange(engine, '28..');
  if (config.get('rootless') !== true || host.rootlessKit === true) return [];
  return [
    {
      code: 'bad-value',
      path: ['rootless'],
      message: `rootless true is for a dockerd that runs below RootlessKit, which says so by itself${modern ? '' : NO_CONTAINER}`,
      hint: 'remove rootless; set a rootless dockerd up with dockerd-rootless-setuptool.sh',
      stops: modern ? 'start' : 'containers',
      ...(host.rootlessKit === undefined && {
        need: { needs: 'rootlesskit', what: 'RootlessKit, below which dockerd runs' },
      }),
    },
  ];
}
