import { lowerCase } from '../names/lower-case.js';

/** Whether a name lies in one of the bases. */
export type DnsQuery = (name: string) => boolean;

/**
 * constraints.go newDNSConstraints of 1.27, which sorts the bases and drops those within others before it searches.
 * null: there are none. Excluded bases of two labels or more also exclude a wildcard directly below their parent.
 */
export function dnsQuery(
  bases: readonly string[],
  side: 'permitted' | 'excluded',
): DnsQuery | null {
  if (bases.length === 0) return null;
  if (bases.includes('')) return () => true;
  const sorted = pruned(bases.map(lowerCase).sort(compare));
  const parents = new Set(side === 'excluded' ? sorted.map(parentOf).filter(Boolean) : []);
  return (written) => {
    const name = lowerCase(written);
    return isWithin(name, sorted) || (name.startsWith('*') && parents.has(parentOf(name)));
  };
}

/** With its dot; '' where there is none. */
const parentOf = (name: string): string => {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot);
};

/** Of neighbours, one that lies in the other goes. */
function pruned(sorted: readonly string[]): string[] {
  const kept: string[] = [];
  for (const base of sorted) {
    const last = kept.at(-1);
    if (last === undefined || !hasSuffix(last, base)) kept.push(base);
  }
  return kept;
}

function isWithin(name: string, sorted: readonly string[]): boolean {
  const [first = ''] = sorted;
  let candidate = first;
  for (const base of sorted) {
    const order = compare(base, name);
    if (order === 0) return true;
    if (order > 0) break;
    candidate = base;
  }
  return hasSuffix(candidate, name);
}

/** dnsHasSuffix: the same name or below; below only, with a leading dot. Both in lower case. */
function hasSuffix(base: string, name: string): boolean {
  if (!name.endsWith(base)) return false;
  const before = name[name.length - base.length - 1];
  return base.startsWith('.') || before === undefined || before === '.';
}

/** From the last character to the first, a dot before all others. Both in lower case. */
function compare(one: string, other: string): number {
  const weigh = (text: string, at: number) => (text[at] === '.' ? 0 : text.charCodeAt(at));
  let [i, j] = [one.length - 1, other.length - 1];
  for (; i >= 0 && j >= 0; i -= 1, j -= 1) {
    const difference = weigh(one, i) - weigh(other, j);
    if (difference !== 0) return difference;
  }
  return i - j;
}
