import ts from 'typescript';
import { sourcesBelow } from './sources.js';

/** What is said to somebody who shall do something: a hint as it stands in the source. */
export interface HintText {
  /** `src/…/file.ts:12` */
  readonly place: string;
  /** With HOLE for what is only known when it is said. */
  readonly text: string;
}

/** Stands for a value that is only known when the hint is said; a number, so that options of any type take it. */
export const HOLE = '17';

const SAYS: ReadonlySet<string> = new Set(['hint', 'advice']);

/** Every text that is written as a `hint` or `advice` anywhere below `folder`. */
export function hintTexts(folder: string): HintText[] {
  return sourcesBelow(folder).flatMap(textsOf);
}

function textsOf(source: ts.SourceFile): HintText[] {
  const found: HintText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && SAYS.has(node.name.getText())) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      for (const text of literalsIn(node.initializer))
        found.push({ place: `${source.fileName}:${line + 1}`, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function literalsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => HOLE + literal.text).join('')];
  if (ts.isConditionalExpression(node))
    return [...literalsIn(node.whenTrue), ...literalsIn(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literalsIn(node.left), ...literalsIn(node.right)];
  if (ts.isParenthesizedExpression(node)) return literalsIn(node.expression);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return literalsIn(node.body);
  return [];
}
