import type { Machine } from './machine.js';

const PROGRAM = '/usr/local/lib/api-gap.cjs';

/**
 * A client that never stops asking, as `docker ps` in a loop: every 20 ms, a second at most, over the real socket. So it
 * also meets socket activation, which starts dockerd on whatever is on disk.
 */
const ASKS = `
const { request } = require('node:http');
const { writeFileSync } = require('node:fs');
let last = performance.now(), longest = 0, answers = 0, asks = 0;
const ask = () => new Promise((done) => {
  asks += 1;
  const asked = request({ socketPath: '/run/docker.sock', path: '/containers/json', agent: false }, (answer) => {
    answer.resume().on('end', () => done(answer.statusCode === 200)).on('error', () => done(false));
  });
  asked.on('error', () => done(false)).setTimeout(1000, () => asked.destroy()).end();
});
const loop = async () => {
  for (;;) {
    if (await ask()) {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      answers += 1;
    }
    await new Promise((done) => setTimeout(done, 20));
  }
};
process.on('SIGTERM', () => {
  longest = Math.max(longest, performance.now() - last);
  writeFileSync(process.argv[2], JSON.stringify({ longest, answers, asks }));
  process.exit(0);
});
void loop();
`;

/** What a client saw while something was done. */
export interface Seen<Result> {
  readonly result: Result;
  /** Milliseconds between the last answer before the longest silence and the first after it. */
  readonly gap: number;
  readonly answers: number;
}

let runs = 0;

export async function installClient(machine: Machine): Promise<void> {
  await machine.write(PROGRAM, ASKS);
}

export async function whileAsking<Result>(
  machine: Machine,
  task: () => Promise<Result>,
): Promise<Seen<Result>> {
  // systemd keeps the name of one that was stopped for a moment.
  const unit = `api-gap-${(runs += 1)}`;
  const told = `/run/${unit}.json`;
  await machine.sh(`systemd-run --quiet --collect --unit=${unit} node ${PROGRAM} ${told}`);
  const result = await task();
  await machine.sh(`systemctl stop ${unit}`);
  const { longest, answers } = JSON.parse(await machine.read(told)) as Record<string, number>;
  return { result, gap: Math.round(longest ?? 0), answers: answers ?? 0 };
}
