import { printable } from '../../core/text/printable.js';
import { columnsOf, padColumns } from '../../core/text/width.js';
import type { ListedTrust } from '../../core/trust/consumers/listing.js';
import type { Style } from '../../app/context/command.js';

interface Registry {
  readonly name: string;
  readonly consumers: readonly string[];
  /** Consumers that verify nothing there. */
  readonly open: readonly string[];
  /** The first end, as a day; null where nothing ends. */
  readonly until: string | null;
}

const WIDEST_NAME = 28;

/** A line for each registry: its name, who trusts it, until when; those first that are open, then those that end soonest. */
export function registryGroups(trusted: readonly ListedTrust[], style: Style): string[] {
  const registries = byName(trusted).toSorted((a, b) => rank(a).localeCompare(rank(b)));
  const names = registries
    .map(({ name }) => columnsOf(name))
    .filter((width) => width <= WIDEST_NAME);
  const column = Math.max(0, ...names);
  return registries.map(({ name, consumers, open, until }) => {
    const end = until === null ? '' : `  until ${until}`;
    const closed = consumers.filter((consumer) => !open.includes(consumer));
    const by = closed.length === 0 ? '' : `  ${closed.join(', ')}${end}`;
    const unverified =
      open.length === 0
        ? ''
        : `  ${style.yellow('insecure')}: ${open.join(', ')} ${VERIFIES_NOTHING}`;
    return `${padColumns(name, column)}${by}${unverified}`;
  });
}

const VERIFIES_NOTHING = 'verifies nothing';

const rank = ({ open, until, name }: Registry): string =>
  `${open.length > 0 ? 0 : 1} ${until ?? '9999'} ${name}`;

function byName(trusted: readonly ListedTrust[]): Registry[] {
  const found = new Map<string, Registry>();
  for (const { registry, consumer, until, insecure } of trusted) {
    const before = found.get(registry);
    const ends = [before?.until, until].filter((end) => typeof end === 'string').sort();
    found.set(registry, {
      name: printable(registry),
      consumers: [...(before?.consumers ?? []), consumer],
      open: [...(before?.open ?? []), ...(insecure ? [consumer] : [])],
      until: ends[0] ?? null,
    });
  }
  return [...found.values()];
}
