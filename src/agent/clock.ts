import type { Now } from '../core/agent/state.js';
import type { Host } from '../host/host.js';

export function nowOf({ clock, random }: Host): Now {
  const [byte = 0] = random.bytes(1);
  return { wall: clock.now(), mono: clock.monotonic(), random: byte / 256 };
}
