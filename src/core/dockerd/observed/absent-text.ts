import type { ObservedDaemon } from './observed.js';

/** What may be said of a file that belongs to no dockerd that we manage. */
export function absentText({ unmanaged }: Pick<ObservedDaemon, 'unmanaged'>): string {
  if (unmanaged === undefined) return 'there is no dockerd on this machine';
  return unmanaged.reader === null
    ? 'no dockerd here reads this file'
    : `dockerd with pid ${unmanaged.reader} was started with this file, and dockerctl does not manage it`;
}
