/** What many sources say, for one listener, in order. */
export interface Inbox<Message> {
  /** A message whose `once` key waits already is not added again: bursts take one place. */
  put(message: Message, once?: string): void;
  /** The next message, or null after `ms`. */
  next(ms: number): Promise<Message | null>;
  holds(message: Message): boolean;
}

interface Waiting<Message> {
  readonly message: Message;
  readonly once: string | undefined;
}

export function createInbox<Message>(): Inbox<Message> {
  const waiting: Waiting<Message>[] = [];
  let wake: (() => void) | null = null;
  return {
    put(message, once) {
      if (once !== undefined && waiting.some((other) => other.once === once)) return;
      waiting.push({ message, once });
      wake?.();
    },
    holds: (message) => waiting.some((other) => other.message === message),
    async next(ms) {
      if (waiting.length === 0 && ms > 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(ms, 2 ** 31 - 1));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      return waiting.shift()?.message ?? null;
    },
  };
}
