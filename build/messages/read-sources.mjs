import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { messagesIn } from './extract.mjs';
import { LEFT_OUT } from './scope.mjs';

/** Every file of TypeScript of a project's `src`, its path as `src/…`. */
export function sourcesOf(folder) {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join('src', name))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/** Every message, and where it stands first, in the order of the files. */
export function messagesOf(folder) {
  const found = new Map();
  for (const { path, text } of sourcesOf(folder).filter(
    ({ path }) => !Object.hasOwn(LEFT_OUT, path),
  )) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    for (const { text: message, place } of messagesIn(source))
      if (!found.has(message)) found.set(message, place);
  }
  return found;
}
