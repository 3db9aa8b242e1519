import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';
import { CONTAINERD, lacksContainerd } from './containerd.js';

/** To everybody who looks for a unit a masked one is not there, and requires nothing. */
export function masked(facts: DoctorFacts): Finding[] {
  const { state, manager } = facts.observed;
  const { units } = facts;
  const runs = state === 'running';
  const [unit, socket] =
    manager.kind === 'systemd'
      ? [manager.unit, manager.socketUnit]
      : ['docker.service', 'docker.socket'];
  const isMasked = (name: string) => units.get(name)?.get('LoadState') === 'masked';
  const names = [unit, socket, CONTAINERD]
    .flatMap((name) => name ?? [])
    .filter((name) => {
      const requirers = (units.get(name)?.get('RequiredBy') ?? '').split(' ');
      const isNeeded =
        name === unit ||
        isMasked(unit) ||
        requirers.includes(unit) ||
        (name === CONTAINERD && lacksContainerd(facts));
      return isMasked(name) && isNeeded;
    });
  const why = runs
    ? 'dockerd runs, and nothing can start it again'
    : 'nobody and nothing can start dockerd';
  // A socket unit that was masked has lost its sockets: dockerd does not start until they are made anew.
  const anew = names.filter((name) => name !== unit);
  const hint = [
    ...unmaskCommands(names, units),
    // Whoever tried to start it may have met its limit.
    ...(runs ? [] : [`systemctl reset-failed ${unit}`]),
    ...(anew.length > 0
      ? [`systemctl restart ${[...anew, unit].join(' ')}`]
      : runs
        ? []
        : [`systemctl start ${unit}`]),
  ].join(' && ');
  return names.map((name) =>
    found('daemon-masked', {
      subject: name,
      message: `${name} is masked${name === unit ? '' : `, and ${unit} needs it`}: ${why}.`,
      hint,
    }),
  );
}

function unmaskCommands(names: readonly string[], units: DoctorFacts['units']): string[] {
  const runtime = names.filter(
    (name) => units.get(name)?.get('UnitFileState') === 'masked-runtime',
  );
  const lasting = names.filter((name) => !runtime.includes(name));
  return [
    ...(lasting.length === 0 ? [] : [`systemctl unmask ${lasting.join(' ')}`]),
    ...(runtime.length === 0 ? [] : [`systemctl unmask --runtime ${runtime.join(' ')}`]),
  ];
}
