import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './node-host.js';
import { dockerctl, type Printed } from './program.js';

export interface Root {
  /** Runs dockerctl below this root. */
  run(...argv: string[]): Promise<Printed>;
  /** Real path of a file below the root. */
  at(path: string): string;
  /** daemon.json as it is now. */
  text(): string;
  bytes(): Buffer;
  /** Somebody else edits daemon.json. */
  write(text: string): void;
}

/** A temporary root that holds only this daemon.json; null: an empty root. */
export function rootWith(daemonJson: string | Uint8Array | null): Root {
  const root = temporaryFolder();
  const file = join(root, 'etc/docker/daemon.json');
  if (daemonJson !== null) {
    mkdirSync(join(root, 'etc/docker'), { recursive: true });
    writeFileSync(file, daemonJson);
  }
  return {
    run: (...argv) => dockerctl(...argv, '--root', root),
    at: (path) => join(root, path),
    text: () => readFileSync(file, 'utf8'),
    bytes: () => readFileSync(file),
    write: (text) => {
      writeFileSync(file, text);
    },
  };
}
