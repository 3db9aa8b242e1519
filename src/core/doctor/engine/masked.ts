import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';

/** To everybody who looks for a unit a masked one is not there, and requires nothing. */
export function masked({ observed: { state, manager }, units }: DoctorFacts): Finding[] {
  const runs = state === 'running';
  const [unit, socket] =
    manager.kind === 'systemd'
      ? [manager.unit, manager.socketUnit]
      : ['docker.service', 'docker.socket'];
  const isMasked = (name: string) => units.get(name)?.get('LoadState') === 'masked';
  const names = [unit, socket, 'containerd.service']
    .flatMap((name) => name ?? [])
    .filter((name) => {
      const requirers = (units.get(name)?.get('RequiredBy') ?? '').split(' ');
      return isMasked(name) && (name === unit || isMasked(unit) || requirers.includes(unit));
    });
  const why = runs
    ? 'dockerd runs, and nothing can start it again'
    : 'nobody and nothing can start dockerd';
  const hint = unmaskCommand(names, units);
  // A socket unit that was masked has lost its sockets: dockerd does not start until they are made anew.
  const anew = names.filter((name) => name !== unit);
  const start = anew.length > 0 ? `restart ${[...anew, unit].join(' ')}` : `start ${unit}`;
  const then = runs && anew.length === 0 ? '' : ` && systemctl ${start}`;
  return names.map((name) =>
    found('daemon-masked', {
      subject: name,
      message: `${name} is masked${name === unit ? '' : `, and ${unit} needs it`}: ${why}.`,
      hint: `${hint}${then}`,
    }),
  );
}

function unmaskCommand(names: readonly string[], units: DoctorFacts['units']): string {
  const runtime = names.filter(
    (name) => units.get(name)?.get('UnitFileState') === 'masked-runtime',
  );
  const lasting = names.filter((name) => !runtime.includes(name));
  return [
    ...(lasting.length === 0 ? [] : [`systemctl unmask ${lasting.join(' ')}`]),
    ...(runtime.length === 0 ? [] : [`systemctl unmask --runtime ${runtime.join(' ')}`]),
  ].join(' && ');
}
