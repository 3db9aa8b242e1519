import { printable } from '../../text/printable.js';
import type { Finding } from '../../plan/finding.js';
import { found } from '../codes.js';
import type { DoctorFacts } from '../facts.js';

const MOST_NAMES = 10;

/** They go on, and nobody can stop, restart or look at them with docker. */
export function unlisted({ observed }: DoctorFacts): Finding[] {
  const containers = observed.unlisted ?? [];
  if (containers.length === 0) return [];
  const names = containers.slice(0, MOST_NAMES).map(({ name }) => printable(name));
  const more = containers.length - names.length;
  return [
    found('containers-unlisted', {
      subject: `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      message:
        'runs, and dockerd does not list it: it was started with another data root, namespace or image store. With the old value it is listed again; a start that finds it ends it unless live-restore is on.',
      hint: 'dockerctl config history',
    }),
  ];
}
