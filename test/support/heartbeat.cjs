const { relative } = require('node:path');

const BEAT_MS = 10_000;

/**
 * A reporter of jest beside its own: every ten seconds a line on stderr with how many of how many test files are done and which
 * are running for how long, so that a run that hangs does not hang in silence.
 */
module.exports = class Heartbeat {
  #running = new Map();
  #done = 0;
  #total = 0;
  #timer = null;

  onRunStart({ numTotalTestSuites }) {
    this.#total = numTotalTestSuites;
    this.#timer = setInterval(() => this.#beat(), BEAT_MS);
    this.#timer.unref();
  }

  onTestFileStart({ path }) {
    this.#running.set(path, performance.now());
  }

  onTestFileResult({ path }) {
    this.#running.delete(path);
    this.#done += 1;
  }

  onRunComplete() {
    clearInterval(this.#timer);
  }

  #beat() {
    const now = performance.now();
    const files = [...this.#running].map(
      ([path, since]) => `${relative(process.cwd(), path)} ${Math.round((now - since) / 1000)} s`,
    );
    process.stderr.write(
      `::: ${this.#done} of ${this.#total} test files; running: ${files.join(', ')}\n`,
    );
  }
};
