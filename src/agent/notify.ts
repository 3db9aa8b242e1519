import type { Host } from '../host/host.js';

/** sd_notify(3) by its tool: Node has no datagram sockets in the file system. Nothing where systemd did not start us. */
export async function notifySystemd(host: Host, ...assignments: readonly string[]): Promise<void> {
  const socket = host.self.env.NOTIFY_SOCKET;
  if (socket === undefined) return;
  try {
    await host.exec.run(['systemd-notify', `--pid=${host.self.pid}`, ...assignments], {
      env: { NOTIFY_SOCKET: socket },
      timeoutMs: 5_000,
    });
  } catch {
    // Whoever waits for the message will act on its absence.
  }
}
