// What a process costs, from proc(5).
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU seconds so far, those of its ended children included, and resident MB. */
export function usageOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return { cpu: ticks / TICKS_PER_SECOND, rss: Number(kilobytes) / 1024 };
}

/** Over `seconds`: CPU in percent of one core, resident MB as a median and at most; every sample goes to `seen` too. */
export async function watchUsage(pid, { seconds, every = 1, seen = () => undefined }) {
  const first = usageOf(pid);
  let last = first;
  const rss = [];
  for (let second = every; second <= seconds; second += every) {
    await new Promise((resolve) => setTimeout(resolve, every * 1000));
    const now = usageOf(pid);
    rss.push(now.rss);
    seen({ second, rss: now.rss, cpu: ((now.cpu - last.cpu) / every) * 100 });
    last = now;
  }
  const cpu = ((last.cpu - first.cpu) / seconds) * 100;
  return { cpu, rss: percentile(rss, 0.5), peak: Math.max(...rss) };
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
