import ts from 'typescript';

/** A condition in a text doubles its variants: what would make more of them is a value. */
const MOST_VARIANTS = 4;
const DEEPEST = 4;

/**
 * A node that writes text: every text that it can write, and the nodes of the values in them (`holes`). null for any other node.
 */
export function readText(node, constants) {
  const read = partsOf(node, { constants, depth: 0 });
  if (read === null) return null;
  const variants = isMarkup(node) ? read.variants.flatMap(unitsOf) : read.variants;
  return { ...read, texts: [...new Set(variants.map(written))] };
}

function partsOf(node, reading) {
  if (ts.isStringLiteralLike(node)) return fixed([[node.text]]);
  if (isMarkup(node)) return partsOf(node.template, reading);
  if (ts.isTemplateExpression(node))
    return joined([
      fixed([[node.head.text]]),
      ...node.templateSpans.flatMap(({ expression, literal }) => [
        valueOf(expression, reading),
        fixed([[literal.text]]),
      ]),
    ]);
  if (isSum(node)) return joined([node.left, node.right].map((side) => valueOf(side, reading)));
  return null;
}

const fixed = (variants) => ({ variants, holes: [], node: null });

const hole = (node) => ({ variants: [[{ hole: true }]], holes: [node], node });

/** A value in a text: what is known of it here. */
function valueOf(expression, reading) {
  const node = bare(expression);
  const deeper = { ...reading, depth: reading.depth + 1 };
  if (deeper.depth > DEEPEST || isMarkup(node)) return hole(node);
  const text = partsOf(node, deeper);
  if (text !== null) return { ...text, node };
  if (ts.isConditionalExpression(node)) return conditionOf(node, deeper);
  if (!ts.isIdentifier(node)) return hole(node);
  const constant = reading.constants.get(node.text) ?? null;
  const value = constant === null ? null : valueOf(constant, deeper);
  if (value === null || isHole(value)) return hole(node);
  return { ...value, node };
}

function conditionOf(node, reading) {
  const branches = [node.whenTrue, node.whenFalse].map(bare);
  if (asksForOne(node.condition) && branches.every((one) => ts.isStringLiteralLike(one)))
    return { ...fixed([[{ choice: branches.map(({ text }) => text) }]]), node };
  const values = branches.map((one) => valueOf(one, reading));
  if (values.some(isHole)) return hole(node);
  return {
    variants: values.flatMap(({ variants }) => variants),
    holes: values.flatMap(({ holes }) => holes),
    node,
  };
}

const isHole = ({ variants: [first], variants }) =>
  variants.length === 1 && first.length === 1 && first[0].hole === true;

/** Every way to go through parts of which each has some variants. */
function joined(parts) {
  const whole = { variants: [[]], holes: [], node: null };
  for (const part of parts) {
    const few = whole.variants.length * part.variants.length <= MOST_VARIANTS;
    const { variants, holes } = few ? part : hole(part.node);
    whole.variants = whole.variants.flatMap((before) => variants.map((one) => [...before, ...one]));
    whole.holes.push(...holes);
  }
  return whole;
}

function written(pieces) {
  let count = 0;
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      return piece.hole ? `{${count++}}` : `{${piece.choice.join('|')}}`;
    })
    .join('');
}

/** What a reader of a page sees as one: between tags; what stands in `code` is a value of it. */
function unitsOf(pieces) {
  const HOLE = '\u0001';
  const holes = [];
  const markup = pieces
    .map((piece) => (typeof piece === 'string' ? piece : (holes.push(piece), HOLE)))
    .join('');
  return markup
    .replace(/<code>[^<]*<\/code>/g, HOLE)
    .split(/<[^>]*>/)
    .map((unit) => unit.replace(/\s+/g, ' ').trim().split(HOLE))
    .map((texts) =>
      texts.flatMap((text, index) => (index === 0 ? [text] : [{ hole: true }, text])),
    );
}

const isMarkup = (node) => ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'html';

const isSum = (node) =>
  ts.isBinaryExpression(node) &&
  node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
  [node.left, node.right].some(
    (side) =>
      ts.isStringLiteralLike(bare(side)) ||
      ts.isTemplateExpression(bare(side)) ||
      isSum(bare(side)),
  );

/** `count === 1`, `names.length > 1`. */
const asksForOne = (node) =>
  ts.isBinaryExpression(node) &&
  [node.left, node.right].some((side) => ts.isNumericLiteral(side) && side.text === '1');

function bare(node) {
  const wraps =
    ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node);
  return wraps ? bare(node.expression) : node;
}
