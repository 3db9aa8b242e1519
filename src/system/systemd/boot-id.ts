import type { Host } from '../../host/host.js';

/** Which start of the kernel this is (random(4)); null where there is none to ask. */
export function readBootId({ fs }: Host): string | null {
  try {
    return Buffer.from(fs.read('/proc/sys/kernel/random/boot_id')).toString('utf8').trim();
  } catch {
    return null;
  }
}
