/**
 * The sentences of src that a person may read, each with its place. A sentence is what the source writes in one piece:
 * `The file {0} is not JSON: {1}.` with a number for each value, `{0} {thing is|things are} adrift` where a count decides,
 * and a sentence for each branch of any other condition. A constant of the same file that holds text is read where it is used, too.
 */
import ts from 'typescript';
import { isProse } from './prose.mjs';
import { isUnread, MARKS } from './scope.mjs';
import { readText } from './read-text.mjs';

/** @param {ts.SourceFile} source @returns {{ text: string, place: string }[]} */
export function messagesIn(source) {
  const constants = constantsIn(source);
  const found = [];
  const tell = (node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    const marks = MARKS[source.fileName];
    const texts = readText(node, constants).texts.flatMap((text) =>
      (marks === undefined ? text : numbered(text, marks)).split('\n'),
    );
    for (const text of texts.map((one) => numbered(one.trim(), /\{\d+\}/g)))
      if (isProse(text)) found.push({ text, place: `${source.fileName}:${line + 1}` });
  };
  walk(source, tell, constants);
  return found;
}

/** With a number for each mark. */
function numbered(text, marks) {
  let count = 0;
  return text.replace(marks, () => `{${count++}}`);
}

/** Each text that is no part of another one. */
function walk(node, tell, constants) {
  if (isUnread(node)) return;
  const text = readText(node, constants);
  if (text === null) {
    ts.forEachChild(node, (child) => walk(child, tell, constants));
    return;
  }
  tell(node);
  for (const hole of text.holes) walk(hole, tell, constants);
}

/** By name; null for a name that stands for more than one value. */
function constantsIn(source) {
  const constants = new Map();
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      const name = node.name.text;
      constants.set(name, constants.has(name) ? null : (node.initializer ?? null));
    }
    if ((ts.isParameter(node) || ts.isBindingElement(node)) && ts.isIdentifier(node.name))
      constants.set(node.name.text, null);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return constants;
}
